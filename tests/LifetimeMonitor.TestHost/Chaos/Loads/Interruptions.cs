namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Interrupts threads that wait, sleep or join (<see cref="Thread.Interrupt"/>).</summary>
/// <param name="threads">The number of waiting threads.</param>
/// <param name="pause">The time between two interruptions, in milliseconds.</param>
internal sealed class Interruptions(int threads, int pause) : ThreadedLoad(threads, pause: 0)
{
    private static readonly object s_never = new();
    private readonly Thread?[] _waiting = new Thread?[threads];
    private Thread? _interrupting;

    protected override string Parameters => $"{Threads} each {pause} ms";

    public override void Start()
    {
        base.Start();
        _interrupting = new Thread(() =>
        {
            while (!IsStopped)
            {
                foreach (Thread? thread in _waiting) thread?.Interrupt();
                Thread.Sleep(pause);
            }
        })
        { IsBackground = true };
        _interrupting.Start();
    }

    public override void Stop()
    {
        base.Stop();
        _interrupting?.Join();
    }

    protected override void Work(int thread)
    {
        try
        {
            _waiting[thread] = Thread.CurrentThread;
            if (thread % 2 == 0) Thread.Sleep(100);
            else lock (s_never) _ = Monitor.Wait(s_never, 100);
        }
        catch (ThreadInterruptedException)
        {
        }
    }
}
