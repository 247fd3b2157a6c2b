namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Asynchronous work on the pool, some of which blocks its threads.</summary>
/// <param name="loops">The number of concurrent chains of work.</param>
/// <param name="blocking">The time for which each chain sometimes blocks a pool thread, in milliseconds.</param>
internal sealed class BusyPool(int loops, int blocking) : LoadElement
{
    private readonly List<Task> _loops = [];
    private volatile bool _isStopped;

    protected override string Parameters => $"{loops} loops, blocking {blocking} ms";

    public override void Start()
    {
        for (int i = 0; i < loops; i++) _loops.Add(Task.Run(Loop));
    }

    public override void Stop()
    {
        _isStopped = true;
        Task.WaitAll([.. _loops]);
        _loops.Clear();
    }

    private async Task Loop()
    {
        while (!_isStopped)
        {
            await Task.Yield();
            if (blocking > 0) Thread.Sleep(blocking);
            await Descend(5);
            await Task.Delay(1);
        }
    }

    private static async Task<int> Descend(int depth)
    {
        if (depth > 0) return await Descend(depth - 1) + 1;
        await Task.Yield();
        return new byte[100].Length;
    }
}
