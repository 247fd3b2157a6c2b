using System.Runtime.CompilerServices;
using LifetimeMonitor.Diagnosis;
using LifetimeMonitor.Graph;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Searching;
using LifetimeMonitor.Heap.Types;
using LifetimeMonitor.Tests.Heap.Searching;
using LifetimeMonitor.Tests.Snapshots;

namespace LifetimeMonitor.Tests.House;

/// <summary>What checks and searches cost, in things that can be counted: no clock.</summary>
public sealed class CostTests
{
    private const int Objects = 60_000;

    [Fact]
    public void A_passing_check_collects_once_and_takes_no_snapshot()
    {
        LifetimeReport report = Track().Check();
        Assert.Equal([CollectionStepKind.OwnGeneration], report.Cost.Collections.Select(c => c.Kind));
        Assert.Equal(SnapshotKind.None, report.Cost.Snapshot);
    }

    [Fact]
    public void A_passing_check_allocates_a_few_hundred_bytes()
    {
        long least = long.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            LifeTimeMonitor monitor = Track();
            long before = GC.GetAllocatedBytesForCurrentThread();
            monitor.AssertDead();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(least, 0, 1500);
    }

    [Fact]
    public void A_thousand_objects_cost_one_escalation()
    {
        LifeTimeMonitor[] monitors = [.. Enumerable.Range(0, 1000).Select(_ => Track())];
        IReadOnlyList<LifetimeReport> reports = LifetimeCheck.Run(monitors, new LifetimeOptions());
        Assert.All(reports, r => Assert.Equal(LifetimeVerdict.Dead, r.Verdict));
        // None when another test's collection came first.
        Assert.InRange(reports[0].Cost.Collections.Count, 0, 1);
    }

    [Fact]
    public void The_managed_search_reads_each_byte_once_and_allocates_nothing_for_an_object()
    {
        using var list = new LinkedObjects(Objects);
        ReadMemory read = new ThisProcess().Read;
        var memory = new HeapMemory(list.Segments, read);
        var graph = new HeapGraph(list.Segments, memory, new MethodTableReader(read, _ => 0), RawNothing.Attached);
        Assert.Equal(Objects, Visited(new ManagedSearches(graph), list));
        Assert.Equal(Objects * 24, memory.BytesRead);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Objects, Visited(new ManagedSearches(graph), list));
        // A bit for each place, and one block of the queue.
        const int Block = 64 * 1024 * 12;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (list.Segments.SlotCount / 8) + Block + (64 * 1024));
        Assert.Equal(Objects * 24, memory.BytesRead);
    }

    [Fact]
    public void The_search_in_the_clone_visits_the_same_objects_and_allocates_nothing_for_them()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64, "clones are made on Linux x64 only");
        using var list = new LinkedObjects(Objects);
        using var here = new ServedHere();
        var searches = new CloneSearches(here.Channel, list.Segments, RawNothing.Attached, _ => 0);
        _ = Visited(searches, list);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Objects, Visited(searches, list));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024);
    }

    // An address that is no object is looked for, so everything is seen.
    private static int Visited(IGraphSearches searches, LinkedObjects list)
    {
        IPathSearch search = searches.PathsTo([8], CancellationToken.None);
        search.SearchFrom([list.At(0)]);
        return search.Visited;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifeTimeMonitor Track() => LifeTimeMonitor.Track(() => new object());
}
