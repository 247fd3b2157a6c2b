namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Threads that repeat the same work.</summary>
/// <param name="threads">The number of threads.</param>
/// <param name="pause">The pause of each after each repetition, in milliseconds; 0 for none.</param>
internal abstract class ThreadedLoad(int threads, int pause) : LoadElement
{
    private readonly List<Thread> _threads = [];
    private volatile bool _isStopped;

    protected override string Parameters => $"{threads}×{pause} ms";

    protected int Threads => threads;

    protected bool IsStopped => _isStopped;

    public override void Start()
    {
        for (int i = 0; i < threads; i++)
        {
            int number = i;
            var thread = new Thread(() => Repeat(number)) { IsBackground = true };
            thread.Start();
            _threads.Add(thread);
        }
    }

    public override void Stop()
    {
        _isStopped = true;
        foreach (Thread thread in _threads) thread.Join();
        _threads.Clear();
    }

    /// <summary>Runs once, on one of the threads, which have numbers from 0.</summary>
    protected abstract void Work(int thread);

    // In a nearly full heap any load can run out of memory; a program that wants to continue catches that.
    private void Repeat(int number)
    {
        while (!_isStopped)
        {
            try
            {
                Work(number);
                if (pause > 0) Thread.Sleep(pause);
            }
            catch (OutOfMemoryException)
            {
                Thread.Sleep(1);
            }
        }
    }
}
