namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Forces collections of all generations and kinds on other threads.</summary>
/// <param name="threads">The number of threads.</param>
/// <param name="pause">Their pause.</param>
internal sealed class Collections(int threads, int pause) : ThreadedLoad(threads, pause)
{
    private int _turn;

    protected override void Work(int thread)
    {
        int turn = Interlocked.Increment(ref _turn) & int.MaxValue;
        switch (turn % 6)
        {
            case 0: GC.Collect(0); break;
            case 1: GC.Collect(1, GCCollectionMode.Forced, blocking: false); break;
            case 2: GC.Collect(2, GCCollectionMode.Forced, blocking: false); break;
            case 3: GC.Collect(2, GCCollectionMode.Optimized, blocking: false); break;
            case 4: GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true); break;
            default: GC.Collect(); break;
        }
    }
}
