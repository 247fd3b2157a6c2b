using System.Runtime;
using System.Runtime.CompilerServices;

namespace LifetimeMonitoring.Collecting;

/// <summary>
/// A period in which no object should move or be freed, so that the addresses in a snapshot stay valid in the process.
/// No concurrent collection runs, memory for our own allocations is set aside, and our own collections wait. Other code
/// may still collect; then a sentinel dies, as it does in every kind of collection. Costs one or two full collections.
/// </summary>
internal sealed class HeapFreeze : IDisposable
{
    private const long LeastMemory = 32L * 1024 * 1024, MostMemory = 512L * 1024 * 1024;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);
    private static readonly Gate s_gate = new();
    private static volatile HeapFreeze? s_current;
    private static volatile bool s_hasRegion;
    private static int s_disturbances;
    private readonly int _threadId = Environment.CurrentManagedThreadId;
    private readonly GCLatencyMode _mode = GCSettings.LatencyMode;
    private WeakTarget _sentinel = null!;

    private HeapFreeze()
    {
    }

    /// <summary>The address of a weak handle's cell; a zero in it means that the heap was not still.</summary>
    public nint SentinelCell => _sentinel.Cell(trackResurrection: false);

    public static HeapFreeze Begin()
    {
        var still = new HeapFreeze();
        using (s_gate.Enter())
        {
            if (s_current is { } other) EndInTime(other, s_longest);
            s_current = still;
            _ = s_gate.Wait(static () => s_disturbances == 0, s_longest);
        }

        try
        {
            still.CalmDown();
            return still;
        }
        catch
        {
            still.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Waits, within limits, for the end of another thread's still heap. No still heap begins before the result is
    /// disposed, so that the caller may do things that a still heap forbids.
    /// </summary>
    public static Disturbance Disturb(TimeSpan longest)
    {
        using (s_gate.Enter())
        {
            if (s_current?._threadId == Environment.CurrentManagedThreadId)
                return new Disturbance(isOfAnother: false);
            if (s_current is { } current) EndInTime(current, longest < s_longest ? longest : s_longest);
            s_disturbances++;
            return new Disturbance(isOfAnother: true);
        }
    }

    /// <summary>Ends the no-GC region of a still heap; false when there is none.</summary>
    public static bool TryEndRegion()
    {
        if (!s_hasRegion) return false;
        try
        {
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
        }
        catch (InvalidOperationException)
        {
            // A collection has ended it.
        }

        s_hasRegion = false;
        return true;
    }

    public void Dispose()
    {
        _ = TryEndRegion();
        if (GCSettings.LatencyMode == GCLatencyMode.Batch) GCSettings.LatencyMode = _mode;
        GC.KeepAlive(_sentinel);
        End();
    }

    private static void EndInTime(HeapFreeze other, TimeSpan longest)
    {
        if (s_gate.Wait(() => s_current != other, longest)) return;
        _ = TryEndRegion();
        other.End();
    }

    private void CalmDown()
    {
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        // Ends a running background collection; later ones cannot begin.
        _ = Collector.CollectAll(s_longest);
        SetMemoryAside();
        _sentinel = MakeSentinel();
    }

    private void End()
    {
        using (s_gate.Enter())
        {
            if (s_current == this) s_current = null;
        }

        s_gate.Wake();
    }

    // A search takes some bytes for each object, and opening a snapshot takes some more. If the memory is not
    // available, the sentinel shows collections.
    private static void SetMemoryAside()
    {
        try
        {
            // A collection in between must not take the region for one of the program's.
            s_hasRegion = true;
            s_hasRegion = GC.TryStartNoGCRegion(
                Math.Clamp(GC.GetTotalMemory(forceFullCollection: false) / 2, LeastMemory, MostMemory));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or InvalidOperationException)
        {
            // Too large for this collector, or the program's own region, during which the heap is still anyway.
            s_hasRegion = false;
        }
    }

    // Held by weak handles like the watched objects, and by nothing else: dead after any collection.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakTarget MakeSentinel() => new(new object());

    public readonly ref struct Disturbance(bool isOfAnother)
    {
        public void Dispose()
        {
            if (!isOfAnother) return;
            using (s_gate.Enter()) s_disturbances--;
            if (s_current is not null) s_gate.Wake();
        }
    }
}
