using CsCheck;
using LifetimeMonitoring.Graph;

namespace LifetimeMonitoring.Tests.Graph;

/// <summary>The search against a naive oracle: distances by relaxing every edge until nothing changes.</summary>
public sealed class ShortestPathProperties
{
    private const int Objects = 24;

    private static readonly Gen<(int From, int To)[]> s_edges = Gen.Select(Gen.Int[1, Objects], Gen.Int[1, Objects]).Array[0, 60];
    private static readonly Gen<ulong[]> s_roots = Gen.ULong[0, Objects + 2].Array[0, 5];

    [Fact]
    public void A_path_is_found_exactly_when_there_is_one_and_is_as_short_as_can_be() =>
        Gen.Select(s_edges, s_roots, Gen.ULong[1, Objects]).Sample((edges, roots, target) =>
        {
            var graph = new TestGraph(edges);
            var search = new ShortestPathSearch(graph, [target], CancellationToken.None);
            search.SearchFrom(roots);
            int? shortest = Distances(graph, roots).TryGetValue(target, out int distance) ? distance : null;
            Assert.Equal(shortest, search.PathTo(target)?.Objects.Count);
        });

    [Fact]
    public void Every_step_of_a_path_is_an_edge_and_the_first_is_its_root() =>
        Gen.Select(s_edges, s_roots, Gen.ULong[1, Objects]).Sample((edges, roots, target) =>
        {
            var graph = new TestGraph(edges) { BlockSize = 3 };
            var search = new ShortestPathSearch(graph, [target], CancellationToken.None);
            search.SearchFrom(roots);
            if (search.PathTo(target) is not { } path) return;
            Assert.Equal(roots[path.Root], path.Objects[0]);
            for (int i = 1; i < path.Objects.Count; i++) Assert.Contains(path.Objects[i], graph.From(path.Objects[i - 1]));
        });

    [Fact]
    public void The_same_graph_gives_the_same_path_every_time() =>
        Gen.Select(s_edges, s_roots, Gen.ULong[1, Objects]).Sample((edges, roots, target) =>
            Assert.Equal(Path(edges, roots, target), Path(edges, roots, target)));

    [Fact]
    public void Of_many_targets_each_is_found_exactly_when_it_is_reachable() =>
        Gen.Select(s_edges, s_roots, s_roots, Gen.ULong[1, Objects].HashSet[1, 6]).Sample((edges, first, second, targets) =>
        {
            var graph = new TestGraph(edges);
            var search = new ShortestPathSearch(graph, targets, CancellationToken.None);
            search.SearchFrom(first);
            search.SearchFrom(second);
            search.SearchBehindTargets();
            Dictionary<ulong, int> reachable = Distances(graph, [.. first, .. second]);
            foreach (ulong target in targets) Assert.Equal(reachable.ContainsKey(target), search.PathTo(target) is not null);
        });

    [Fact]
    public void A_cut_reference_is_as_good_as_none() =>
        Gen.Select(s_edges, s_edges, s_roots, Gen.ULong[1, Objects]).Sample((edges, cut, roots, target) =>
        {
            var search = new ShortestPathSearch(
                new TestGraph(edges),
                [target],
                CancellationToken.None,
                cut.Select(c => new Edge((ulong)c.From, (ulong)c.To)));
            search.SearchFrom(roots);
            Dictionary<ulong, int> left = Distances(new TestGraph([.. edges.Except(cut)]), roots);
            Assert.Equal(left.TryGetValue(target, out int distance) ? distance : (int?)null, search.PathTo(target)?.Objects.Count);
        });

    private static string? Path((int From, int To)[] edges, ulong[] roots, ulong target)
    {
        var search = new ShortestPathSearch(new TestGraph(edges), [target], CancellationToken.None);
        search.SearchFrom(roots);
        return search.PathTo(target) is { } path ? string.Join("→", path.Objects) : null;
    }

    private static Dictionary<ulong, int> Distances(TestGraph graph, ulong[] roots)
    {
        var distances = roots.Where(r => graph.SlotOf(r) >= 0).Distinct().ToDictionary(r => r, _ => 1);
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach ((ulong from, int distance) in distances.ToArray())
            {
                foreach (ulong to in graph.From(from))
                {
                    if (distances.TryGetValue(to, out int known) && known <= distance + 1) continue;
                    distances[to] = distance + 1;
                    changed = true;
                }
            }
        }

        return distances;
    }
}
