namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Finalizers that take time, a few at a time.</summary>
/// <param name="duration">The duration of each, in milliseconds.</param>
internal sealed class SlowFinalizers(int duration) : ThreadedLoad(threads: 1, pause: 5)
{
    private const int AtOnce = 3;
    private static int s_waiting;

    protected override string Parameters => $"{duration} ms";

    public override void Stop()
    {
        base.Stop();
        // They are few, and each of them ends.
        while (Volatile.Read(ref s_waiting) > 0)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    protected override void Work(int thread)
    {
        if (Volatile.Read(ref s_waiting) >= AtOnce) return;
        _ = Interlocked.Increment(ref s_waiting);
        _ = new Slow(duration);
    }

    private sealed class Slow(int duration)
    {
        ~Slow()
        {
            Thread.Sleep(duration);
            _ = Interlocked.Decrement(ref s_waiting);
        }
    }
}
