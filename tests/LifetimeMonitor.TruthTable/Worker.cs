namespace LifetimeMonitor.TruthTable;

/// <summary>A thread that makes something, says what to watch, and stays where it is until it is disposed.</summary>
internal sealed class Worker : IDisposable
{
    private readonly ManualResetEventSlim _release = new(initialState: false, spinCount: 0);
    private readonly ManualResetEventSlim _ended = new();
    private volatile Thread? _thread;
    private volatile LifeTimeMonitor? _monitor;
    private volatile bool _stop, _spins;

    private Worker(string? name, Action<Worker> body)
    {
        if (name is null) _ = ThreadPool.UnsafeQueueUserWorkItem(_ => Run(body), null);
        else new Thread(() => Run(body)) { Name = name, IsBackground = true }.Start();
        // The snapshot must find it arrived: spinning, or blocked and not on its way there.
        SpinWait.SpinUntil(() => _spins || (_monitor is not null && _thread!.ThreadState.HasFlag(ThreadState.WaitSleepJoin)));
    }

    public LifeTimeMonitor Monitor => _monitor!;

    public static Worker Named(string name, Action<Worker> body) => new(name, body);

    public static Worker OfThePool(Action<Worker> body) => new(null, body);

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
        _ended.Wait();
        _release.Dispose();
    }

    /// <summary>Ends the thread's work, then checks.</summary>
    public LifetimeReport CheckAfterItsEnd()
    {
        Dispose();
        return Monitor.Check();
    }

    private void Run(Action<Worker> body)
    {
        _thread = Thread.CurrentThread;
        body(this);
        _ended.Set();
    }
}
