using System.Runtime.CompilerServices;
using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// Finds the living instances of some types and watches each by weak handles. It turns an address into an object only
/// while the heap has been still since the snapshot; otherwise it starts again.
/// </summary>
internal static class InstanceFinder
{
    // Each attempt takes some hundredths of a second; tests that run in parallel collect often.
    private const int Attempts = 10;
    private const string Disturbed = "other threads collected garbage during the search for instances";

    /// <summary>
    /// Passes each unwatched instance to <paramref name="watch"/>. The gap is the reason why instances may be missing,
    /// or null.
    /// </summary>
    /// <param name="types">The types.</param>
    /// <param name="watched">The cells of the weak handles of the watched instances.</param>
    /// <param name="watch">Creates the watcher of an object.</param>
    /// <param name="options">The time budget, and the snapshots to try.</param>
    /// <typeparam name="T">The watcher of an object.</typeparam>
    public static (IReadOnlyList<T> Found, string? Gap) Find<T>(
        IReadOnlyList<Type> types, IReadOnlyList<nint> watched, Func<object, T> watch, LifetimeOptions options)
    {
        if (!ManagedRuntime.IsHere) return ([], ManagedRuntime.Native);
        if (ReferenceCode.Unavailable is { } unavailable) return ([], unavailable);
        var deadline = new Deadline(options.TimeBudget);
        var found = new List<T>();
        string? gap = null;
        DiagnosisResult findings = LifetimeEngine.Current.Thread.Run(
            stop =>
            {
                DiagnosisResult seen = DiagnosisResult.Unavailable(Disturbed);
                for (int i = 0; i < Attempts && !stop.IsCancellationRequested; i++)
                {
                    var attempt = new List<T>();
                    bool isStill = true;
                    using var still = HeapFreeze.Begin();
                    seen = LifetimeEngine.Current.Diagnoser.OnSnapshot(options, (heap, mode) =>
                    {
                        var census = InstanceCensus.Take(heap, new StackRoots(heap, mode), heap.InstancesOf(types), stop);
                        HashSet<ulong> known = [.. watched.Select(heap.TargetOf)];
                        isStill = census.Instances
                            .Where(a => !known.Contains(a))
                            .All(a => TryWatch(still, a, watch, attempt));
                        gap = census.Gap;
                        return new DiagnosisResult([], null);
                    }, new TimeLimit(deadline, stop));
                    if (seen.Reason is not null) return seen;
                    if (!isStill) continue;
                    found = attempt;
                    return seen;
                }

                return stop.IsCancellationRequested
                    ? DiagnosisResult.Unavailable($"{Disturbed}, until the time budget ended")
                    : DiagnosisResult.Unavailable($"{Disturbed}, {Attempts} times in a row");
            },
            deadline);
        return (found, findings.Reason ?? gap);
    }

    // Only this frame touches the object.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryWatch<T>(HeapFreeze still, ulong address, Func<object, T> watch, List<T> into)
    {
        if (!ReferenceCode.TryRefer(still.SentinelCell, address, out object? found)) return false;
        into.Add(watch(found!));
        return true;
    }
}
