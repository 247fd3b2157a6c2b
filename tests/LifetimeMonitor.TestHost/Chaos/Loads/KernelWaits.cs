using LifetimeMonitoring.TestHost.Hostile;

namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Threads that wait in the kernel for a moment, each in another call.</summary>
/// <param name="threads">The number of threads.</param>
/// <param name="longest">The longest wait, in milliseconds.</param>
internal sealed class KernelWaits(int threads, int longest) : ThreadedLoad(threads, pause: 0)
{
    private int _turn;

    protected override string Parameters => $"{Threads}, up to {longest} ms";

    protected override void Work(int thread) =>
        InterruptedCalls.Wait(thread, (Interlocked.Increment(ref _turn) & int.MaxValue) % longest + 1);
}
