using CsCheck;
using LifetimeMonitoring.Graph;

namespace LifetimeMonitoring.Tests.Graph;

public sealed class HasOtherHolderProperties
{
    private const int Objects = 24;

    private static readonly Gen<(int From, int To)[]> s_edges = Gen.Select(Gen.Int[1, Objects], Gen.Int[1, Objects]).Array[0, 60];
    private static readonly Gen<ulong[]> s_roots = Gen.ULong[0, Objects + 2].Array[0, 5];

    [Fact]
    public void There_is_another_exactly_when_the_object_is_found_without_the_reference_of_the_one() =>
        Gen.Select(s_edges, s_roots, s_roots, Gen.ULong[1, Objects]).Sample((edges, roots, more, target) =>
        {
            var graph = new TestGraph(edges) { BlockSize = 3 };
            ShortestPathSearch search = SearchFor(target, graph);
            search.SearchFrom(roots);
            if (search.PathTo(target) is not { Objects: [.., var holder, _] }) return;
            ulong[] all = [.. roots, .. more];
            ShortestPathSearch without = SearchFor(target, graph, new Edge(holder, target));
            without.SearchFrom(all);
            Assert.Equal(without.FoundAll, search.HasOtherHolder(target, holder, all, CancellationToken.None));
        });

    [Fact]
    public void An_object_behind_the_target_is_no_holder_unless_something_else_holds_it() =>
        Gen.Select(s_edges, s_roots, s_roots, Gen.ULong[1, Objects]).Sample((edges, roots, more, target) =>
        {
            var graph = new TestGraph(edges) { BlockSize = 3 };
            ShortestPathSearch search = SearchFor(target, graph);
            search.SearchFrom(roots);
            if (search.PathTo(target) is not { Objects: [.., var holder, _] }) return;
            // By then the search has also searched behind the object.
            _ = search.RetainedBy(target, roots, CancellationToken.None);
            ulong[] all = [.. roots, .. more];
            ShortestPathSearch without = SearchFor(target, graph, new Edge(holder, target));
            without.SearchFrom(all);
            Assert.Equal(without.FoundAll, search.HasOtherHolder(target, holder, all, CancellationToken.None));
        });

    [Fact]
    public void An_object_that_does_not_hold_it_is_not_the_only_holder()
    {
        ShortestPathSearch search = SearchFor(2, new TestGraph((1, 2)));
        search.SearchFrom([1]);
        Assert.False(search.HasOtherHolder(2, holder: 1, [1], CancellationToken.None));
        Assert.True(search.HasOtherHolder(2, holder: 3, [1], CancellationToken.None));
    }

    [Fact]
    public void A_root_that_holds_it_itself_is_another()
    {
        ShortestPathSearch search = SearchFor(2, new TestGraph((1, 2)));
        search.SearchFrom([1]);
        Assert.True(search.HasOtherHolder(2, holder: 1, [1, 2], CancellationToken.None));
    }

    [Fact]
    public void Without_time_nothing_is_said()
    {
        var graph = new TestGraph((1, 2)) { SlotCount = 5000 };
        for (ulong i = 3; i < 4000; i++) graph.Add(i, i + 1);
        ShortestPathSearch search = SearchFor(2, graph);
        search.SearchFrom([1]);
        Assert.Null(search.HasOtherHolder(2, holder: 1, [3], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Without_memory_nothing_is_said()
    {
        var graph = new TestGraph((1, 2), (3, 4), (3, 5), (3, 6));
        var small = new ShortestPathSearch(graph, [2], CancellationToken.None, cuts: null, maxEntries: 4);
        small.SearchFrom([1]);
        Assert.Null(small.HasOtherHolder(2, holder: 1, [3], CancellationToken.None));
    }

    private static ShortestPathSearch SearchFor(ulong target, TestGraph graph, params Edge[] cuts) =>
        new(graph, [target], CancellationToken.None, cuts);
}
