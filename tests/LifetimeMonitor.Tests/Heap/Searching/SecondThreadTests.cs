using System.Runtime.InteropServices;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.Searching;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Heap.Searching;

/// <summary>The second thread of a clone's search; <see cref="CloneSearchTests"/> compares its results.</summary>
public sealed class SecondThreadTests
{
    private const int Width = 300_000;
    private const ulong AsMuchAsPays = 0;

    public SecondThreadTests() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "clones are made on Linux x64 only");

    [Theory]
    [InlineData(HeapView.WithoutWindows)]
    [InlineData(HeapView.ThroughWindows)]
    internal void Of_much_it_does_a_share(HeapView view)
    {
        Assert.SkipWhen(Environment.ProcessorCount == 1, "there is one processor");
        using var heap = new FannedObjects(Width);
        using var here = new ServedHere(view, AsMuchAsPays);
        var searches = new InCloneSearchFactory(here.Channel, heap.Segments, RawNothing.Attached, _ => 0);
        // On a busy machine the thread may get no processor for a while.
        for (int i = 0; i < 100 && here.Channel.Result.Shared == 0; i++) AssertFindsAll(heap, searches);
        Assert.NotEqual(0UL, here.Channel.Result.Shared);
    }

    [Fact]
    public void A_clone_has_one_too()
    {
        Assert.SkipWhen(Environment.ProcessorCount == 1, "there is one processor");
        using var heap = new FannedObjects(Width);
        using CloneSnapshot clone = Take();
        var searches = new InCloneSearchFactory(clone.Channel, heap.Segments, RawNothing.Attached, _ => 0);
        for (int i = 0; i < 100 && clone.Channel.Result.Shared == 0; i++) AssertFindsAll(heap, searches);
        Assert.NotEqual(0UL, clone.Channel.Result.Shared);
    }

    [Fact]
    public void An_object_found_in_its_half_has_the_path_and_the_size_that_one_thread_finds()
    {
        using var heap = new FannedObjects(Width);
        using var here = new ServedHere(leastShared: AsMuchAsPays);
        var searches = new InCloneSearchFactory(here.Channel, heap.Segments, RawNothing.Attached, _ => 0);
        foreach (int i in new[] { 0, (Width / 2) - 1, Width / 2, (Width / 2) + 1, Width - 1 })
        {
            IPathSearch search = searches.PathsTo([heap.Child(i)], CancellationToken.None);
            search.SearchFrom([heap.Array]);
            Assert.Equal([heap.Array, heap.Element(i), heap.Child(i)], search.PathTo(heap.Child(i))!.Objects);
            Assert.Equal((1, 24L), search.RetainedBy(heap.Child(i), [heap.Array], CancellationToken.None));
            Assert.False(search.HasOtherHolder(heap.Child(i), heap.Element(i), [heap.Array], CancellationToken.None));
        }
    }

    [Fact]
    public void A_second_holder_in_its_half_is_noticed()
    {
        using var heap = new FannedObjects(Width);
        heap.Refer(Width - 10, heap.Child(3));
        using var here = new ServedHere(leastShared: AsMuchAsPays);
        IPathSearch search = new InCloneSearchFactory(here.Channel, heap.Segments, RawNothing.Attached, _ => 0).PathsTo(
            [heap.Child(3)],
            CancellationToken.None);
        search.SearchFrom([heap.Element(3), heap.Array]);
        Assert.True(search.HasOtherHolder(heap.Child(3), heap.Element(3), [heap.Array], CancellationToken.None));
    }

    [Fact]
    public void A_process_with_one_processor_has_no_second_thread()
    {
        using var heap = new FannedObjects(Width);
        using var here = new ServedHere(leastShared: AsMuchAsPays, isOnOneProcessor: true);
        AssertFindsAll(heap, new InCloneSearchFactory(here.Channel, heap.Segments, RawNothing.Attached, _ => 0));
        Assert.Equal(0UL, here.Channel.Result.Shared);
    }

    [Fact]
    public void A_process_with_a_quota_of_one_processor_has_none()
    {
        using var heap = new FannedObjects(Width);
        using var clone = (CloneSnapshot)new SnapshotLadder(new OneProcessor()).Take(SnapshotKind.Clone);
        var searches = new InCloneSearchFactory(clone.Channel, heap.Segments, RawNothing.Attached, _ => 0);
        for (int i = 0; i < 3; i++) AssertFindsAll(heap, searches);
        Assert.Equal(0UL, clone.Channel.Result.Shared);
    }

    [Fact]
    public void A_budget_of_memory_that_bounds_the_search_is_not_exceeded_by_one()
    {
        using var heap = new FannedObjects(Width);
        using var here = new ServedHere(leastShared: AsMuchAsPays);
        long marks = SeenSet.BytesFor(heap.Segments.SlotCount);
        var searches = new InCloneSearchFactory(here.Channel, heap.Segments, RawNothing.Attached, _ => 0, memoryBudget: marks + (16L * 3 * Width));
        AssertFindsAll(heap, searches);
        Assert.Equal(0UL, here.Channel.Result.Shared);
    }

    [Fact]
    public void A_clone_that_dies_in_its_half_of_the_search_is_noticed_and_leaves_nothing()
    {
        using var heap = new FannedObjects(Width);
        heap.Refer(Width - 1, 0x10008);
        int processId;
        using (CloneSnapshot clone = Take())
        {
            // The first of these segments does not exist.
            var segments = new SegmentMap([new Segment(0x10000, 0x20000, IsPinned: false), .. heap.Segments.Segments]);
            IPathSearch search = new InCloneSearchFactory(clone.Channel, segments, RawNothing.Attached, _ => 0).PathsTo(
                [heap.Child(Width - 1)],
                CancellationToken.None);
            SearchLostException lost = Assert.Throws<SearchLostException>(() => search.SearchFrom([heap.Array]));
            Assert.Contains("the clone died", lost.Message, StringComparison.Ordinal);
            processId = clone.ProcessId;
        }

        Assert.False(Directory.Exists($"/proc/{processId}"));
    }

    [Fact]
    public void A_clone_that_is_ended_while_two_threads_search_leaves_nothing()
    {
        using var heap = new FannedObjects(Width);
        int processId;
        using (CloneSnapshot clone = Take())
        {
            var searches = new InCloneSearchFactory(clone.Channel, heap.Segments, RawNothing.Attached, _ => 0);
            using var stop = new CancellationTokenSource();
            IPathSearch search = searches.PathsTo([heap.Child(Width - 1)], stop.Token);
            clone.Channel.DoWhileBusy(stop.Cancel);
            search.SearchFrom([heap.Array]);
            processId = clone.ProcessId;
        }

        Assert.False(Directory.Exists($"/proc/{processId}"));
    }

    private static void AssertFindsAll(FannedObjects heap, InCloneSearchFactory searches)
    {
        ulong[] targets = [heap.Child(0), heap.Child(Width - 1), heap.Element(Width - 2)];
        IPathSearch search = searches.PathsTo(targets, CancellationToken.None);
        search.SearchFrom([heap.Array]);
        Assert.Equal([3, 3, 2], targets.Select(t => search.PathTo(t)!.Objects.Count));
    }

    private static CloneSnapshot Take() => (CloneSnapshot)new SnapshotLadder().Take(SnapshotKind.Clone);

    private sealed class OneProcessor : RealLinux
    {
        public override int Processors() => 1;
    }
}
