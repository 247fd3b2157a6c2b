namespace LifetimeMonitor.TestHost.Chaos.Loads;

/// <summary>Threads in native calls that no collection can stop meanwhile.</summary>
/// <param name="threads">How many.</param>
/// <param name="duration">How long each call takes, in milliseconds.</param>
internal sealed class Unstoppable(int threads, int duration) : ThreadedLoad(threads, pause: 10)
{
    protected override string Parameters => $"{Threads}, {duration} ms";

    protected override void Work(int thread) => SlowSuspension.SleepWithoutLettingGo(TimeSpan.FromMilliseconds(duration));
}
