using System.Runtime.InteropServices;
using CsCheck;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.Searching;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;
using LifetimeMonitoring.Tests.Snapshots;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.Tests.Heap.Searching;

/// <summary>The search in the clone against the managed one: for any heap, both give the same answer.</summary>
public sealed class CloneSearchTests
{
    private const int Targets = 3;

    public CloneSearchTests() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "clones are made on Linux x64 only");

    [Fact]
    public void Both_searches_find_the_same_paths() => Gen.Int.Sample(seed => AssertSame(seed, corrupted: false));

    [Fact]
    public void Both_searches_find_the_same_paths_in_corrupted_memory() =>
        Gen.Int.Sample(seed => AssertSame(seed, corrupted: true), iter: Thoroughness.Of(1, 10) * Check.Iter);

    [Theory]
    [InlineData(HeapView.WithoutWindows, 2UL)]
    [InlineData(HeapView.WithoutWindows, 50UL)]
    [InlineData(HeapView.WithoutWindows, 5000UL)]
    [InlineData(HeapView.ThroughWindows, 2UL)]
    [InlineData(HeapView.ThroughWindows, 50UL)]
    internal void Two_threads_find_the_same_as_one_however_little_they_share(HeapView view, ulong leastShared) => Gen.Int.Sample(seed =>
    {
        using var heap = new RawHeap(seed, corrupted: false);
        AssertSame(heap, view, leastShared);
    });

    [Theory]
    [InlineData(HeapView.WithoutWindows)]
    [InlineData(HeapView.ThroughWindows)]
    internal void A_clone_searches_as_the_process_does(HeapView view)
    {
        using var heap = new RawHeap(seed: 1, corrupted: false);
        using CloneSnapshot clone = Clones.Take(compare: true, new SearchSettings { View = view });
        AssertSame(
            heap,
            new InCloneSearchFactory(clone.Channel, heap.Segments, heap.Attached, heap.LoaderAllocatorOf),
            heap.Some(5),
            heap.Some(5),
            heap.Some(Targets),
            []);
    }

    [Fact]
    public void A_clone_that_dies_of_the_memory_it_reads_is_noticed_and_leaves_nothing()
    {
        using var heap = new RawHeap(seed: 1, corrupted: false);
        int processId;
        using (CloneSnapshot clone = Take())
        {
            // The last of these segments does not exist.
            var segments = new SegmentMap([.. heap.Segments.Segments, new Segment(0x10000, 0x20000, IsPinned: false)]);
            var searches = new InCloneSearchFactory(clone.Channel, segments, heap.Attached, heap.LoaderAllocatorOf);
            IPathSearch search = searches.PathsTo(heap.Some(1), CancellationToken.None);
            SearchLostException lost = Assert.Throws<SearchLostException>(() => search.SearchFrom([0x10008]));
            Assert.Contains("the clone died", lost.Message, StringComparison.Ordinal);
            processId = clone.ProcessId;
        }

        Assert.False(Directory.Exists($"/proc/{processId}"));
    }

    [Fact]
    public void A_search_that_is_told_to_stop_says_that_it_was()
    {
        using var heap = new RawHeap(seed: 1, corrupted: false);
        using var here = new ServedHere();
        IPathSearch search = new InCloneSearchFactory(here.Channel, heap.Segments, heap.Attached, heap.LoaderAllocatorOf)
            .PathsTo([8], new CancellationToken(canceled: true));
        search.SearchFrom(heap.Some(3));
        Assert.Equal(SearchStop.Time, search.StoppedBy);
    }

    [Fact]
    public void Paths_longer_than_the_channel_come_in_pieces()
    {
        using var list = new LinkedObjects(150_000);
        using var here = new ServedHere();
        IPathSearch search = new InCloneSearchFactory(here.Channel, list.Segments, RawNothing.Attached, _ => 0).PathsTo(
            [list.At(149_999), list.At(70_000)],
            CancellationToken.None);
        search.SearchFrom([list.At(0)]);
        search.SearchBehindTargets();
        // The search keeps the ends of a list, and all of the path arrived.
        foreach (int last in new[] { 149_999, 70_000 })
        {
            AddressPath path = search.PathTo(list.At(last))!;
            Assert.True(path.IsConfirmed);
            Assert.Equal(Enumerable.Range(0, path.Objects.Count).Select(i => list.At(path.NumberOf(i))), path.Objects);
            Assert.Equal((list.At(0), list.At(last)), (path.Objects[0], path.Target));
        }
    }

    // The clone shares the program's table of descriptors: the program can close a descriptor, and reuse its number.
    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/proc/self/maps")]
    public void A_clone_whose_descriptor_is_another_file_by_now_does_not_take_it_for_memory(string file)
    {
        using var list = new LinkedObjects(2);
        using SafeFileHandle other = File.OpenHandle(file);
        using var here = new ServedHere(memory: other);
        IPathSearch search = new InCloneSearchFactory(here.Channel, list.Segments, RawNothing.Attached, _ => 0).PathsTo(
            [list.Last],
            CancellationToken.None);
        SearchLostException lost = Assert.Throws<SearchLostException>(() => search.SearchFrom([list.At(0)]));
        Assert.Contains("could not read its own memory", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Through_windows_memory_in_order_is_read_once()
    {
        using var list = new LinkedObjects(100_000);
        using var here = new ServedHere(HeapView.ThroughWindows);
        Assert.Equal(100_000, Visited(list, here));
        Assert.Equal(Pieces(list), here.Channel.Result.Windows);
    }

    [Fact]
    public void Through_windows_scattered_memory_is_read_a_few_times_and_then_used_in_place()
    {
        // Each object is about 3 MB from the previous one: more than all windows cover.
        using var list = new LinkedObjects(250_000, step: 123_457);
        using var here = new ServedHere(HeapView.ThroughWindows);
        Assert.Equal(250_000, Visited(list, here));
        // The last windows reuse frames of earlier ones.
        Assert.InRange(here.Channel.Result.Windows, 3 * Pieces(list), 5 * Pieces(list));
    }

    [Fact]
    public void A_clone_finds_out_by_itself_how_to_look_at_a_large_heap()
    {
        using var list = new LinkedObjects(1_600_000);
        using CloneSnapshot clone = Take();
        IPathSearch search = new InCloneSearchFactory(clone.Channel, list.Segments, RawNothing.Attached, _ => 0).PathsTo(
            [list.At(1_599_999)],
            CancellationToken.None);
        search.SearchFrom([list.At(0)]);
        Assert.True(search.FoundAll);
        Assert.Equal(1_600_000, search.Visited);
    }

    [Fact]
    public void While_a_search_takes_longer_than_a_moment_the_other_work_is_done_once()
    {
        using var list = new LinkedObjects(1_000_000);
        using var here = new ServedHere();
        int done = 0;
        here.Channel.DoWhileBusy(() => done++);
        var searches = new InCloneSearchFactory(here.Channel, list.Segments, RawNothing.Attached, _ => 0);
        for (int i = 0; i < 2; i++)
        {
            IPathSearch search = searches.PathsTo([list.At(999_999)], CancellationToken.None);
            search.SearchFrom([list.At(0)]);
            Assert.True(search.FoundAll);
        }

        Assert.Equal(1, done);
    }

    // The handle's key lies behind the target, and a root that comes later holds the key.
    [Fact]
    public void A_value_of_a_dependent_handle_behind_the_target_is_met_again()
    {
        using var list = new LinkedObjects(10);
        using var here = new ServedHere();
        var attached = new Attachments();
        attached.Add(list.At(8), list.At(5));
        IPathSearch search = new InCloneSearchFactory(here.Channel, list.Segments, attached, _ => 0).PathsTo([list.At(5)], CancellationToken.None);
        search.SearchFrom([list.At(4)]);
        Assert.Equal((5, 5 * 24), search.RetainedBy(list.At(5), [list.At(4)], CancellationToken.None));
        Assert.False(search.HasOtherHolder(list.At(5), list.At(4), [list.At(4)], CancellationToken.None));
        Assert.True(search.HasOtherHolder(list.At(5), list.At(4), [list.At(4), list.At(8)], CancellationToken.None));
    }

    // More handles than fit into the pages that the clone reserves for those of one search.
    [Fact]
    public void Thousands_of_dependent_handles_behind_the_target_may_be_met_again()
    {
        const int Count = 40_000;
        using var list = new LinkedObjects(Count);
        using var here = new ServedHere();
        var attached = new Attachments();
        for (int i = 6; i < Count; i++) attached.Add(list.At(i), list.At(5));
        IPathSearch search = new InCloneSearchFactory(here.Channel, list.Segments, attached, _ => 0)
            .PathsTo([list.At(5)], CancellationToken.None);
        search.SearchFrom([list.At(4)]);
        Assert.Equal(
            (Count - 5, (Count - 5) * 24L),
            search.RetainedBy(list.At(5), [list.At(4)], CancellationToken.None));
        Assert.True(search.HasOtherHolder(list.At(5), list.At(4), [list.At(4), list.At(8)], CancellationToken.None));
    }

    [Fact]
    public void A_search_that_another_has_followed_does_not_say_whether_there_is_another_holder()
    {
        using var list = new LinkedObjects(10);
        using var here = new ServedHere();
        var searches = new InCloneSearchFactory(here.Channel, list.Segments, RawNothing.Attached, _ => 0);
        IPathSearch search = searches.PathsTo([list.At(5)], CancellationToken.None);
        search.SearchFrom([list.At(4)]);
        _ = searches.PathsTo([list.At(6)], CancellationToken.None);
        Assert.Null(search.HasOtherHolder(list.At(5), list.At(4), [list.At(4)], CancellationToken.None));
    }

    [Fact]
    public void More_roots_than_the_channel_holds_are_numbered_through()
    {
        using var list = new LinkedObjects(2);
        using var here = new ServedHere();
        IPathSearch search = new InCloneSearchFactory(here.Channel, list.Segments, RawNothing.Attached, _ => 0).PathsTo(
            [list.At(1)],
            CancellationToken.None);
        search.SearchFrom([.. Enumerable.Repeat(0UL, 150_000), list.At(0)]);
        Assert.Equal(150_000, search.PathTo(list.At(1))!.Root);
    }

    private static void AssertSame(int seed, bool corrupted)
    {
        using var heap = new RawHeap(seed, corrupted);
        AssertSame(heap, HeapView.WithoutWindows, leastShared: ulong.MaxValue);
        AssertSame(heap, HeapView.ThroughWindows, leastShared: ulong.MaxValue);
        AssertSame(heap, HeapView.WithoutWindows, leastShared: 2);
        AssertSame(heap, HeapView.ThroughWindows, leastShared: 50);
    }

    private static void AssertSame(RawHeap heap, HeapView view, ulong leastShared)
    {
        using var here = new ServedHere(view, leastShared);
        var inside = new InCloneSearchFactory(here.Channel, heap.Segments, heap.Attached, heap.LoaderAllocatorOf);
        AssertSame(heap, inside, heap.Some(3), heap.Some(3), heap.Some(Targets), heap.Pairs(2));
        // Again, with the state of the previous search.
        AssertSame(heap, inside, heap.Some(3), [], heap.Some(Targets), []);
    }

    private static void AssertSame(RawHeap heap, InCloneSearchFactory inside, ulong[] first, ulong[] second, ulong[] targets, Edge[] cuts)
    {
        HeapGraph graph = heap.Graph();
        var outside = new ManagedSearchFactory(graph);
        int before = inside.Unreadable;
        (string paths, bool isAll) = Answer(outside, first, second, targets, cuts);
        Assert.Equal((paths, isAll), Answer(inside, first, second, targets, cuts));
        // The clone reads a little ahead of the objects it has found.
        if (!isAll) Assert.Equal(graph.Unreadable, inside.Unreadable - before);
        foreach (ulong target in targets)
        {
            Assert.Equal(Retained(outside, first, second, target), Retained(inside, first, second, target));
            Assert.Equal(OtherHolder(outside, first, second, target), OtherHolder(inside, first, second, target));
        }

        foreach (Edge edge in EdgesTo(targets, outside, first).Concat(heap.Pairs(2)))
            Assert.Equal(graph.OffsetOf(edge.Holder, edge.Held), inside.OffsetOf(edge.Holder, edge.Held));
    }

    // At once, and by the search that found the target.
    private static ((int, long)? AtOnce, (int, long)? Found) Retained(IPathSearchFactory searches, ulong[] first, ulong[] second, ulong target)
    {
        ulong[] roots = [.. first, .. second];
        (int, long)? atOnce = searches.PathsTo([target], CancellationToken.None).RetainedBy(target, roots, CancellationToken.None);
        IPathSearch search = searches.PathsTo([target], CancellationToken.None);
        search.SearchFrom(first);
        return (atOnce, search.FoundAll ? search.RetainedBy(target, roots, CancellationToken.None) : atOnce);
    }

    // At once, and after the search behind the target; some roots come only then. The reference is a search without it.
    private static (bool? AtOnce, bool? Behind, bool IsFound) OtherHolder(
        IPathSearchFactory searches,
        ulong[] first,
        ulong[] second,
        ulong target)
    {
        bool?[] answers = [null, null];
        ulong[] roots = [.. first, .. second];
        ulong holder = 0;
        for (int i = 0; i < 2; i++)
        {
            IPathSearch search = searches.PathsTo([target], CancellationToken.None);
            search.SearchFrom(first);
            if (search.PathTo(target) is not { Objects: [.., var last, _] }) return default;
            holder = last;
            if (i == 1) _ = search.RetainedBy(target, first, CancellationToken.None);
            answers[i] = search.HasOtherHolder(target, holder, roots, CancellationToken.None);
        }

        IPathSearch without = searches.PathsTo([target], CancellationToken.None, [new Edge(holder, target)]);
        without.SearchFrom(roots);
        Assert.Equal<bool?>([without.FoundAll, without.FoundAll], answers);
        return (answers[0], answers[1], without.FoundAll);
    }

    private static IEnumerable<Edge> EdgesTo(ulong[] targets, ManagedSearchFactory searches, ulong[] roots)
    {
        IPathSearch search = searches.PathsTo(targets, CancellationToken.None);
        search.SearchFrom(roots);
        return targets
            .Select(search.PathTo)
            .OfType<AddressPath>()
            .SelectMany(p => p.Objects.Zip(p.Objects.Skip(1), (holder, held) => new Edge(holder, held)));
    }

    private static (string Paths, bool IsAll) Answer(IPathSearchFactory searches, ulong[] first, ulong[] second, ulong[] targets, Edge[] cuts)
    {
        IPathSearch search = searches.PathsTo(targets, CancellationToken.None, cuts);
        search.SearchFrom(first);
        if (!search.FoundAll) search.SearchFrom(second);
        if (!search.FoundAll) search.SearchBehindTargets();
        IEnumerable<string> paths = targets.Select(t =>
            search.PathTo(t) is { } path
                ? $"{path.Root}: {string.Join(' ', path.Objects.Select(o => $"{o:x}"))}"
                : "none");
        return ($"{(search.FoundAll ? "all found" : $"{search.Visited} visited")}\n{string.Join('\n', paths)}", search.FoundAll);
    }

    // The search looks for an address without an object, so it visits every object and reads no path again.
    private static int Visited(LinkedObjects list, ServedHere here)
    {
        var searches = new InCloneSearchFactory(here.Channel, list.Segments, RawNothing.Attached, _ => 0);
        IPathSearch search = searches.PathsTo([8], CancellationToken.None);
        search.SearchFrom([list.At(0)]);
        return search.Visited;
    }

    private static ulong Pieces(LinkedObjects list)
    {
        const int Piece = 64 * 1024;
        Segment segment = list.Segments.Segments[0];
        return ((segment.End - 1) / Piece) - (segment.Start / Piece) + 1;
    }

    private static CloneSnapshot Take() => (CloneSnapshot)new SnapshotLadder().Take(SnapshotKind.Clone);
}
