using System.Runtime.InteropServices;
using CsCheck;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.Searching;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Heap.Searching;

/// <summary>Very long paths from a clone, against those of the managed search.</summary>
public sealed class LongPathTests
{
    public LongPathTests() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "clones are made on Linux x64 only");

    [Theory]
    [InlineData(HeapView.WithoutWindows)]
    [InlineData(HeapView.ThroughWindows)]
    internal void Both_searches_keep_the_same_of_a_long_path(HeapView view) => Gen.Int.Sample(
        seed =>
        {
            using var chain = new ChainedObjects(seed, 20_000);
            using var here = new ServedHere(view);
            var searches = new InCloneSearchFactory(here.Channel, chain.Segments, chain.Attached, chain.LoaderAllocatorOf);
            AddressPath inside = PathIn(searches, chain);
            AddressPath outside = PathIn(Outside(chain), chain);
            Assert.Equal(outside.Objects, inside.Objects);
            Assert.Equal(outside.Gaps, inside.Gaps);
            Assert.Equal((outside.Root, true, true), (inside.Root, inside.IsConfirmed, outside.IsConfirmed));
            AssertTrue(inside, chain);
        },
        iter: 20);

    // Each level of the search is wide, so an entry is far from its parent.
    [Fact]
    public void A_long_path_through_a_wide_heap_is_the_one_there_is()
    {
        using var tree = new SpineObjects(length: 5000, width: 60);
        using var here = new ServedHere();
        var searches = new InCloneSearchFactory(here.Channel, tree.Segments, RawNothing.Attached, _ => 0);
        IPathSearch search = searches.PathsTo([tree.Last], CancellationToken.None);
        search.SearchFrom([0, tree.First]);
        AddressPath path = search.PathTo(tree.Last)!;
        Assert.Equal((1, 4999), (path.Root, path.NumberOf(path.Objects.Count - 1)));
        for (int i = 0; i < path.Objects.Count; i++) Assert.Equal(tree.Spine(path.NumberOf(i)), path.Objects[i]);
    }

    [Fact]
    public void A_reference_that_is_missing_at_the_second_read_makes_a_path_unconfirmed()
    {
        using var list = new LinkedObjects(100_000);
        using var here = new ServedHere();
        ToldPaths paths = Told(list, here, list.Forget, CancellationToken.None);
        Assert.False(paths.To(list.Last)!.IsConfirmed);
        Assert.Equal(100_000, paths.To(list.Last)!.NumberOf(paths.To(list.Last)!.Objects.Count));
    }

    [Fact]
    public void For_a_long_path_there_may_be_no_time_and_for_a_short_one_there_is()
    {
        using var list = new LinkedObjects(100_000);
        using var here = new ServedHere();
        ToldPaths paths = Told(list, here, between: null, new CancellationToken(canceled: true));
        Assert.Equal(2, paths.Count);
        Assert.Equal(11, paths.To(list.At(10))!.Objects.Count);
        Assert.Null(paths.To(list.Last));
        Assert.Equal((ulong)SearchStop.Time, here.Channel.Result.Stopped);
    }

    [Fact]
    public void The_managed_search_says_so_too()
    {
        using var stop = new CancellationTokenSource();
        using var chain = new ChainedObjects(seed: 1, count: 20_000);
        IPathSearch search = Outside(chain).PathsTo([chain.Objects[^1]], stop.Token);
        search.SearchFrom([chain.Objects[0]]);
        stop.Cancel();
        Assert.Null(search.PathTo(chain.Objects[^1]));
        Assert.Equal(SearchStop.Time, search.StoppedBy);
    }

    private static ToldPaths Told(LinkedObjects list, ServedHere here, Action<int>? between, CancellationToken stop)
    {
        SearchChannel channel = here.Channel;
        channel.Give(SearchOrder.Heap, 1, 0, CancellationToken.None);
        Give(SearchOrder.Segments, [.. list.Segments.Segments.SelectMany(s => new[] { s.Start, s.Length })]);
        channel.Give(SearchOrder.Begin, 2, 0, CancellationToken.None);
        Give(SearchOrder.Targets, list.Last, list.At(10));
        Give(SearchOrder.Roots, list.At(0));
        Give(SearchOrder.Run);
        Give(SearchOrder.Behind);
        between?.Invoke(50_000);
        var paths = new ToldPaths();
        channel.Paths(0, paths.Take, stop);
        return paths;

        void Give(SearchOrder order, params ulong[] words) => channel.Give(order, words, stop: CancellationToken.None);
    }

    private static ManagedSearchFactory Outside(ChainedObjects chain)
    {
        HeapGraph graph = chain.Graph();
        return new ManagedSearchFactory(graph, long.MaxValue, new ReferenceKinds(chain.Graph(), chain.Attached));
    }

    private static AddressPath PathIn(IPathSearchFactory searches, ChainedObjects chain)
    {
        IPathSearch search = searches.PathsTo([chain.Objects[^1]], CancellationToken.None);
        search.SearchFrom([chain.Objects[0]]);
        return search.PathTo(chain.Objects[^1])!;
    }

    private static void AssertTrue(AddressPath path, ChainedObjects chain)
    {
        for (int i = 0; i < path.Objects.Count; i++)
        {
            Assert.Equal(chain.Objects[path.NumberOf(i)], path.Objects[i]);
            if (i + 1 < path.Objects.Count) Assert.Equal(chain.Objects[path.NumberOf(i) + 1], path.HeldBy(i));
        }
    }
}
