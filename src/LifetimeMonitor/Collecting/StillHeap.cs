using System.Runtime;
using System.Runtime.CompilerServices;

namespace LifetimeMonitor.Collecting;

/// <summary>
/// A stretch of time in which no object shall move or be freed, so that the addresses in a snapshot stay those of the process: nothing
/// collects concurrently, memory for what we allocate is set aside, and our own collections wait. Others may collect
/// nevertheless; then a sentinel dies, which every collection of whatever kind brings with it. Costs a full collection or two.
/// </summary>
internal sealed class StillHeap : IDisposable
{
    private const long LeastMemory = 32L * 1024 * 1024, MostMemory = 512L * 1024 * 1024;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);
    private static readonly object s_gate = new();
    private readonly GCLatencyMode _mode;
    private readonly WeakTarget _sentinel;

    private StillHeap()
    {
        _mode = GCSettings.LatencyMode;
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        // Ends a background collection that is under way; later ones cannot begin.
        _ = Collector.CollectAll();
        SetMemoryAside();
        _sentinel = MakeSentinel();
    }

    /// <summary>Zero in it means that the heap was not still: address of a weak handle's cell.</summary>
    public nint SentinelCell => _sentinel.Cell(trackResurrection: false);

    public static StillHeap Begin()
    {
        _ = Monitor.TryEnter(s_gate, s_longest);
        try
        {
            return new StillHeap();
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>Waits for the end of a still heap, within reason, and does something that it does not allow.</summary>
    public static T Disturb<T>(int generation, Func<int, T> collect)
    {
        if (!Monitor.TryEnter(s_gate, s_longest)) EndRegion();
        try
        {
            return collect(generation);
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose()
    {
        EndRegion();
        if (GCSettings.LatencyMode == GCLatencyMode.Batch) GCSettings.LatencyMode = _mode;
        GC.KeepAlive(_sentinel);
        Leave();
    }

    private static void Leave()
    {
        if (Monitor.IsEntered(s_gate)) Monitor.Exit(s_gate);
    }

    // A search takes some bytes for each object, besides what opening a snapshot takes. Where it cannot be had, the sentinel tells.
    private static void SetMemoryAside()
    {
        try
        {
            _ = GC.TryStartNoGCRegion(Math.Clamp(GC.GetTotalMemory(forceFullCollection: false) / 2, LeastMemory, MostMemory));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or InvalidOperationException)
        {
            // More than this collector has, or somebody else's region: it is still for as long as that lasts.
        }
    }

    private static void EndRegion()
    {
        try
        {
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        }
        catch (InvalidOperationException)
        {
            // A collection has ended it.
        }
    }

    // Held as weakly as what is watched, and by nothing else: dead after any collection.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakTarget MakeSentinel() => new(new object());
}
