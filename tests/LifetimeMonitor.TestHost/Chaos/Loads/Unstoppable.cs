namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Threads in native calls, which no collection can stop meanwhile.</summary>
/// <param name="threads">The number of threads.</param>
/// <param name="duration">The duration of each call, in milliseconds.</param>
internal sealed class Unstoppable(int threads, int duration) : ThreadedLoad(threads, pause: 10)
{
    protected override string Parameters => $"{Threads}, {duration} ms";

    protected override void Work(int thread) => SlowSuspension.SleepWithoutLettingGo(TimeSpan.FromMilliseconds(duration));
}
