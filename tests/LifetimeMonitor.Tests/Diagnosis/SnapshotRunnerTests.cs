using System.Diagnostics;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Diagnosis;

public sealed class SnapshotRunnerTests
{
    private static readonly List<object> s_held = [];

    [Fact]
    public void A_clone_that_dies_in_the_search_costs_a_second_one_and_not_the_answer()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        object leaked = new();
        s_held.Add(leaked);
        nint cell = new WeakTarget(leaked).Cell(trackResurrection: true);
        var clones = new List<CloneSnapshot>();
        var ladder = new SnapshotLadder();
        var rungs = new SnapshotRunner((kind, _) =>
        {
            clones.Add((CloneSnapshot)ladder.Take(kind));
            return clones[^1];
        });
        var refusals = new List<string>();

        DiagnosisResult? findings = rungs.Search(SnapshotKind.Clone, 1 << 30, Search, refusals, limit: default);

        Assert.Equal(2, clones.Count);
        Assert.Contains("the search inside it was lost (the clone died in it", Assert.Single(refusals), StringComparison.Ordinal);
        Assert.Equal(RootKind.StaticField, findings!.For(0).Path!.Kind);
        Assert.All(clones, c => Assert.False(Directory.Exists($"/proc/{c.ProcessId}")));
        GC.KeepAlive(leaked);

        DiagnosisResult Search(SnapshotHeap heap)
        {
            ulong target = heap.TargetOf(cell);
            if (clones.Count == 1)
            {
                using var clone = Process.GetProcessById(clones[0].ProcessId);
                clone.Kill();
            }

            return new RetentionAnalysis(
                heap,
                PathsMode.Safe,
                Environment.CurrentManagedThreadId,
                earlier: [],
                new LifetimeOptions(),
                CancellationToken.None)
                .Search([target]);
        }
    }
}
