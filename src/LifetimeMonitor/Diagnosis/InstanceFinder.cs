using System.Runtime.CompilerServices;
using LifetimeMonitor.Collecting;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.Diagnosis;

/// <summary>
/// Finds the living instances of some types and watches each by weak handles. An address is turned into an object only while the heap
/// has been still since the snapshot; when it was not, everything is done again.
/// </summary>
internal static class InstanceFinder
{
    // Each takes some hundredths of a second; tests beside this one collect often.
    private const int Attempts = 10;

    /// <summary>The instances that nobody watches yet, each given to <paramref name="watch"/>; the reason when these may not be all, or null.</summary>
    /// <param name="types">The types.</param>
    /// <param name="watched">Cells of the weak handles of those that are known.</param>
    /// <param name="watch">Makes something that watches an object.</param>
    /// <param name="options">The time budget, and the snapshots to try.</param>
    /// <typeparam name="T">What watches an object.</typeparam>
    public static (IReadOnlyList<T> Found, string? Gap) Find<T>(
        IReadOnlyList<Type> types, IReadOnlyList<nint> watched, Func<object, T> watch, LifetimeOptions options)
    {
        if (!ManagedRuntime.IsHere) return ([], ManagedRuntime.Native);
        if (ReferenceCode.Unavailable is { } unavailable) return ([], unavailable);
        var deadline = new Deadline(options.TimeBudget);
        var found = new List<T>();
        string? gap = null;
        Findings findings = DiagnosisThread.Shared.Run(
            stop =>
            {
                Findings seen = Findings.Unavailable("objects were collected while they were looked at");
                for (int i = 0; i < Attempts && !stop.IsCancellationRequested; i++)
                {
                    var attempt = new List<T>();
                    bool isStill = true;
                    using var still = StillHeap.Begin();
                    seen = PathFinder.Shared.OnSnapshot(options, (heap, mode) =>
                    {
                        var census = Census.Take(heap, new StackEvidence(heap.Stacks, mode), heap.InstancesOf(types), stop);
                        HashSet<ulong> known = [.. watched.Select(heap.TargetOf)];
                        isStill = census.Instances.Where(a => !known.Contains(a)).All(a => TryWatch(still, a, watch, attempt));
                        gap = census.Gap;
                        return new Findings([], null);
                    }, new TimeLimit(deadline, stop));
                    if (seen.Reason is not null) return seen;
                    if (!isStill) continue;
                    found = attempt;
                    return seen;
                }

                gap = "other threads collected while it was looked";
                return seen;
            },
            deadline);
        return (found, findings.Reason ?? gap);
    }

    // The object is touched in this frame only.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryWatch<T>(StillHeap still, ulong address, Func<object, T> watch, List<T> into)
    {
        if (!ReferenceCode.TryRefer(still.SentinelCell, address, out object? found)) return false;
        into.Add(watch(found!));
        return true;
    }
}
