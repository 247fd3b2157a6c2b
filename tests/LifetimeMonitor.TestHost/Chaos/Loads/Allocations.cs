namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Allocates and drops objects of all sizes, including large objects; some live for a while.</summary>
/// <param name="threads">The number of allocating threads.</param>
/// <param name="pause">Their pause after some hundred objects.</param>
/// <param name="largest">The largest array, in bytes.</param>
internal sealed class Allocations(int threads, int pause, int largest) : ThreadedLoad(threads, pause)
{
    private const int Kept = 256, AtOnce = 200;
    private readonly object?[][] _kept = [.. Enumerable.Range(0, threads).Select(_ => new object?[Kept])];

    protected override string Parameters => $"{base.Parameters}, up to {largest} B";

    protected override void Work(int thread)
    {
        object?[] kept = _kept[thread];
        for (int i = 0; i < AtOnce; i++)
        {
            int length = (i * 7919) % largest;
            kept[i % Kept] = i % 3 == 0
                ? new byte[length]
                : new Dictionary<string, object?> { ["before"] = kept[(i + 1) % Kept] is byte[] bytes ? bytes : null };
        }
    }
}
