using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.Searching;
using LifetimeMonitoring.Heap.Stacks;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Tests.Heap;
using LifetimeMonitoring.Tests.Heap.Searching;
using LifetimeMonitoring.Tests.Paths;
using LifetimeMonitoring.Tests.Snapshots;

namespace LifetimeMonitoring.Tests.House;

/// <summary>What checks and searches cost, in things that can be counted: no clock.</summary>
public sealed class CostTests
{
    private const int Objects = 60_000;

    [Fact]
    public void A_passing_check_collects_once_and_takes_no_snapshot()
    {
        LifetimeReport report = Cheapest(() => Track().Check());
        Assert.Equal([CollectionStepKind.OwnGeneration], report.Cost.Collections.Select(c => c.Kind));
        Assert.Equal(SnapshotKind.None, report.Cost.Snapshot);
    }

    [Fact]
    public void A_passing_assertion_allocates_nothing_beyond_its_monitor()
    {
        long least = long.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            LifeTimeMonitor monitor = Track();
            long before = GC.GetAllocatedBytesForCurrentThread();
            monitor.AssertDead();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void A_thousand_objects_cost_one_escalation()
    {
        LifetimeReport first = Cheapest(() =>
        {
            LifeTimeMonitor[] monitors = [.. Enumerable.Range(0, 1000).Select(_ => Track())];
            IReadOnlyList<LifetimeReport> reports = LifetimeCheck.Run([.. monitors.Select(m => m.Monitored)], LifetimeOptions.Default);
            Assert.All(reports, r => Assert.Equal(LifetimeVerdict.Dead, r.Verdict));
            return reports[0];
        });
        Assert.Single(first.Cost.Collections);
    }

    // The framework has the code of its generic types ready for objects; for a struct or an enum of ours each method is compiled when it is first
    // needed, and that is most of what the first failure of a process takes.
    [Fact]
    public void The_first_failure_of_a_process_has_no_collection_and_no_query_compiled_for_a_struct_of_ours()
    {
        SkipUnlessClonesAreMade();
        (int exitCode, string output) = Processes.TestHost.Run("first-failure");
        Assert.Equal(0, exitCode);
        Assert.StartsWith("exact, ", output, StringComparison.Ordinal);
        // Read for every object, so they lie side by side; they are sorted once for each type.
        const string Runs = "ArraySortHelper`1[LifetimeMonitoring.Heap.Objects.ReferenceRun]";
        Assert.DoesNotContain(output.Split('\n'), l => (l.StartsWith("System.Collections", StringComparison.Ordinal) || l.StartsWith("System.Linq", StringComparison.Ordinal)) && !l.EndsWith(Runs, StringComparison.Ordinal));
    }

    [Fact]
    public void The_managed_search_reads_each_byte_once_and_allocates_nothing_for_an_object()
    {
        using var list = new LinkedObjects(Objects);
        ReadMemory read = ThisProcess.Read;
        var memory = new HeapMemory(SharedScratch.Memory, list.Segments, read);
        var graph = new HeapGraph(list.Segments, memory, new MethodTableReader(read, _ => 0), RawNothing.Attached);
        Assert.Equal(Objects, Visited(new ManagedSearchFactory(graph), list));
        Assert.Equal(Objects * 24, memory.BytesRead);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Objects, Visited(new ManagedSearchFactory(graph), list));
        // A bit for each place, and one block of the queue.
        const int Block = 64 * 1024 * 12;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (list.Segments.SlotCount / 8) + Block + (128 * 1024));
        Assert.Equal(Objects * 24, memory.BytesRead);
    }

    [Fact]
    public void The_search_in_the_clone_visits_the_same_objects_and_allocates_nothing_for_them()
    {
        SkipUnlessClonesAreMade();
        using var list = new LinkedObjects(Objects);
        using var here = new ServedHere();
        var searches = new InCloneSearchFactory(here.Channel, list.Segments, RawNothing.Attached, _ => 0);
        _ = Visited(searches, list);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Objects, Visited(searches, list));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024);
    }

    /// <summary>The metadata of the framework alone is three megabytes, which the debugging component copies to tell one name.</summary>
    [Fact]
    public void A_path_through_types_of_the_framework_is_named_without_a_copy_of_their_metadata()
    {
        SkipUnlessClonesAreMade();
        // Where no clone can be had at the moment, a dump would take the tests beside this one their time.
        var nearest = LifetimeOptions.Default with { MaxPaths = 1, MeasureRetained = false, Snapshots = [SnapshotKind.Clone] };
        // Other reads grow with the threads, handles and types of the tests that ran before.
        var linux = new CountingLinux(typeof(object).Assembly.Location);
        var finder = new Diagnoser(new SnapshotLadder(linux));
        // Its handle has to be looked at, too.
        nint unknown = new Wrappers().GetOrCreateComInterfaceForObject(new object(), CreateComInterfaceFlags.None);
        long before = 0;
        int named = 0;
        // The first time all statics are looked for.
        for (int i = 0; i < 10 && named < 2; i++)
        {
            before = linux.BytesRead;
            LifetimeReport report = LifetimeCheck.Run([Held().Monitored], nearest, finder)[0];
            if (report.ToString().Contains("[\"key\"]", StringComparison.Ordinal)) named++;
        }

        _ = Marshal.Release(unknown);
        Assert.Equal(2, named);
        Assert.InRange(linux.BytesRead - before, 1, 1 << 20);
    }

    /// <summary>The place of a frame in its code takes the debugging component up to a tenth of a second, and one frame is shown.</summary>
    [Fact]
    public void Of_a_stack_the_place_of_a_frame_is_not_looked_for_before_it_is_asked_for()
    {
        SkipUnlessClonesAreMade();
        using var asked = new ManualResetEventSlim();
        // Not the thread of the test: where the run goes on inside a catch block of an earlier test's, that one may not be walked.
        var waiting = new Thread(asked.Wait) { IsBackground = true };
        waiting.Start();
        long read = 0;
        // At first it is on its way into the wait, and at times on its way back from a collection, and is not walked then.
        for (int i = 0; i < 20 && read == 0; i++)
        {
            SpinWait.SpinUntil(() => waiting.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(1));
            read = ReadForPlaces(waiting.ManagedThreadId);
        }

        asked.Set();
        waiting.Join();
        Assert.NotEqual(0, read);

        static long ReadForPlaces(int managedId)
        {
            var linux = new CountingLinux();
            using ProcessSnapshot snapshot = new SnapshotLadder(linux).Take(SnapshotKind.Clone);
            using SnapshotHeap heap = SnapshotHeap.Open(snapshot, new HeapCaches(), searchInside: false);
            int thread = heap.Stacks.ThreadIds.Single(t => heap.Stacks.ManagedId(t) == managedId);
            IReadOnlyList<FrameRoot> roots = heap.Stacks.Walk(thread) ?? [];
            long before = linux.BytesRead;
            foreach (FrameRoot root in roots) _ = root.Frame();
            return linux.BytesRead - before;
        }
    }

    private static readonly Dictionary<string, List<Tuple<object?>>> s_held = [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifeTimeMonitor Held() => LifeTimeMonitor.Track(() =>
    {
        object held = new();
        s_held["key"] = [new Tuple<object?>(held)];
        return held;
    });

    private static void SkipUnlessClonesAreMade() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "clones are made on Linux x64 only");

    // An address that is no object is looked for, so everything is seen.
    private static int Visited(IPathSearchFactory searches, LinkedObjects list)
    {
        IPathSearch search = searches.PathsTo([8], CancellationToken.None);
        search.SearchFrom([list.At(0)]);
        return search.Visited;
    }

    // A background collection, which any test beside this one can set off, keeps what it saw on a stack until it ends; and a collection of another
    // test's may come first, so that there is nothing left to collect.
    private static LifetimeReport Cheapest(Func<LifetimeReport> check) =>
        Enumerable.Range(0, 20).Select(_ => check()).Where(r => r.Cost.Collections.Count > 0).MinBy(r => r.Cost.Collections.Count)!;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifeTimeMonitor Track() => LifeTimeMonitor.Track(() => new object());
}
