namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Threads that never block.</summary>
/// <param name="threads">The number of threads.</param>
internal sealed class Spinners(int threads) : ThreadedLoad(threads, pause: 0)
{
    private readonly object[] _seen = new object[threads];

    protected override string Parameters => $"{Threads}";

    protected override void Work(int thread)
    {
        for (int i = 0; i < 1000; i++) _seen[thread] = _seen[i % Threads] is null ? this : _seen;
    }
}
