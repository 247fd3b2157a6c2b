namespace LifetimeMonitor.TestHost;

/// <summary>
/// A process at its worst: threads that allocate and throw without end, threads that are born and die, and forced
/// collections. The load under which the runtime's debugging component was seen to crash.
/// </summary>
internal sealed class Load : IDisposable
{
    private readonly List<Thread> _threads = [];
    private volatile bool _stop;

    public Load()
    {
        for (int i = 0; i < 6; i++) Start(AllocateAndThrow);
        Start(Churn);
        Start(Collect);
    }

    public void Dispose()
    {
        _stop = true;
        foreach (Thread thread in _threads) thread.Join();
    }

    private void Start(Action work)
    {
        var thread = new Thread(() =>
        {
            while (!_stop) work();
        })
        {
            IsBackground = true,
        };
        thread.Start();
        _threads.Add(thread);
    }

    private static void AllocateAndThrow()
    {
        var kept = new List<object>();
        for (int i = 0; i < 200; i++)
        {
            kept.Add(new byte[i * 10]);
            kept.Add(new Dictionary<string, object> { ["key" + i] = kept });
        }

        try
        {
            Throw(10);
        }
        catch (InvalidOperationException e) when (e.Message.Length > 0)
        {
            kept.Add(e);
        }

        GC.KeepAlive(kept);
    }

    private static void Throw(int depth)
    {
        if (depth == 0) throw new InvalidOperationException("load");
        try
        {
            Throw(depth - 1);
        }
        finally
        {
            GC.KeepAlive(new object());
        }
    }

    private static void Churn()
    {
        var threads = new Thread[4];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(AllocateAndThrow);
            threads[i].Start();
        }

        foreach (Thread thread in threads) thread.Join();
    }

    private static void Collect()
    {
        Thread.Sleep(3);
        GC.Collect(1, GCCollectionMode.Forced, blocking: false);
        Thread.Sleep(20);
        GC.Collect();
    }
}
