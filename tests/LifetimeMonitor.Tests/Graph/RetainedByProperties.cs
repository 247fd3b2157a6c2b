using CsCheck;
using LifetimeMonitoring.Graph;

namespace LifetimeMonitoring.Tests.Graph;

public sealed class RetainedByProperties
{
    private const int Objects = 24;

    [Fact]
    public void The_retained_memory_is_reachable_with_the_object_and_not_without_it() => Gen.Select(
        Gen.Select(Gen.Int[1, Objects], Gen.Int[1, Objects]).Array[0, 60],
        Gen.ULong[0, Objects + 2].Array[0, 5],
        Gen.ULong[1, Objects]).Sample((edges, roots, target) =>
        {
            var graph = new TestGraph(edges) { BlockSize = 3 };
            HashSet<ulong> without = Reachable(graph, roots.Where(r => r != 0), blocked: target);
            HashSet<ulong> retained = Reachable(graph, [target], blocked: 0);
            retained.ExceptWith(without);
            (int, long) expected = (retained.Count, retained.Sum(o => (long)o));
            Assert.Equal(expected, SearchFor(target, graph).RetainedBy(target, roots, CancellationToken.None));
            ShortestPathSearch goingOn = SearchFor(target, graph);
            goingOn.SearchFrom(roots.Take(2));
            Assert.Equal(expected, goingOn.RetainedBy(target, roots, CancellationToken.None));
        });

    [Fact]
    public void Without_time_nothing_is_said() =>
        Assert.Null(SearchFor(1, new TestGraph((1, 2))).RetainedBy(1, [], new CancellationToken(canceled: true)));

    [Fact]
    public void An_address_that_is_no_object_retains_nothing() =>
        Assert.Null(SearchFor(0, new TestGraph((1, 2))).RetainedBy(0, [1], CancellationToken.None));

    [Fact]
    public void Without_memory_nothing_is_said()
    {
        var graph = new TestGraph((1, 2), (1, 3), (1, 4), (5, 6), (5, 7), (5, 8));
        Assert.Equal((4, 10), SearchFor(1, graph, maxEntries: 8).RetainedBy(1, [5], CancellationToken.None));
        Assert.Null(SearchFor(1, graph, maxEntries: 7).RetainedBy(1, [5], CancellationToken.None));
    }

    private static ShortestPathSearch SearchFor(ulong target, TestGraph graph, long maxEntries = long.MaxValue) =>
        new(graph, [target], CancellationToken.None, cuts: null, maxEntries);

    // The naive way: add the target of every edge until nothing is new.
    private static HashSet<ulong> Reachable(TestGraph graph, IEnumerable<ulong> from, ulong blocked)
    {
        HashSet<ulong> reached = [.. from.Where(o => o != blocked)];
        for (int before = -1; before != reached.Count;)
        {
            before = reached.Count;
            reached.UnionWith(reached.SelectMany(graph.From).Where(o => o != blocked).ToArray());
        }

        return reached;
    }
}
