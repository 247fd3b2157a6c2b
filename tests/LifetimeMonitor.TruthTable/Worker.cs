namespace LifetimeMonitor.TruthTable;

/// <summary>A thread that makes something, says what to watch, and stays where it is until it is disposed.</summary>
internal sealed class Worker : IDisposable
{
    private readonly ManualResetEventSlim _release = new(initialState: false, spinCount: 0);
    private readonly Thread _thread;
    private volatile LifeTimeMonitor? _monitor;
    private volatile bool _stop, _spins;

    public Worker(string name, Action<Worker> body)
    {
        _thread = new Thread(() => body(this)) { Name = name, IsBackground = true };
        _thread.Start();
        // The snapshot must find it arrived: spinning, or blocked and not on its way there.
        SpinWait.SpinUntil(() => _spins || (_monitor is not null && _thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin)));
    }

    public LifeTimeMonitor Monitor => _monitor!;

    /// <summary>Called by the body: blocks.</summary>
    public void Block(LifeTimeMonitor monitor)
    {
        _monitor = monitor;
        _release.Wait();
    }

    /// <summary>Called by the body: runs.</summary>
    public void Spin(LifeTimeMonitor monitor)
    {
        _monitor = monitor;
        _spins = true;
        while (!_stop) Thread.SpinWait(10);
    }

    public void Dispose()
    {
        _stop = true;
        _release.Set();
        _thread.Join();
        _release.Dispose();
    }
}
