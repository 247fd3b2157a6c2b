namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Threads that compete for the same locks, wait for each other and wake each other.</summary>
/// <param name="threads">The number of threads.</param>
/// <param name="locks">The number of locks.</param>
internal sealed class ContendedMonitors(int threads, int locks) : ThreadedLoad(threads, pause: 0)
{
    private readonly object[] _locks = [.. Enumerable.Range(0, locks).Select(_ => new object())];
    private int _turn;

    protected override string Parameters => $"{Threads} threads, {locks} locks";

    protected override void Work(int thread)
    {
        int turn = Interlocked.Increment(ref _turn) & int.MaxValue;
        object gate = _locks[turn % locks];
        lock (gate)
        {
            Thread.SpinWait(200);
            if (turn % 5 == 0) Monitor.PulseAll(gate);
            else if (turn % 3 == 0) _ = Monitor.Wait(gate, 1);
        }
    }
}
