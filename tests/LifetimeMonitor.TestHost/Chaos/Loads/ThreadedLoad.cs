namespace LifetimeMonitor.TestHost.Chaos.Loads;

/// <summary>Threads that do the same again and again.</summary>
/// <param name="threads">How many.</param>
/// <param name="pause">How long each rests between two times, in milliseconds; 0 for no rest.</param>
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

    /// <summary>Once, on one of the threads, which have numbers from 0.</summary>
    protected abstract void Work(int thread);

    // In a heap that is nearly full any of them can run out of memory; a program that wants to go on catches that.
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
