using CsCheck;
using LifetimeMonitoring.Graph;

namespace LifetimeMonitoring.Tests.Graph;

public sealed class PathBridgesProperties
{
    private const int Objects = 24;

    private static readonly Gen<(int From, int To)[]> s_edges = Gen.Select(Gen.Int[1, Objects], Gen.Int[1, Objects]).Array[0, 60];
    private static readonly Gen<ulong[]> s_roots = Gen.ULong[1, Objects].Array[1, 5];

    [Fact]
    public void A_reference_is_one_exactly_when_the_object_is_not_found_without_it() =>
        Gen.Select(s_edges, s_roots, Gen.ULong[1, Objects]).Sample((edges, roots, target) =>
        {
            var graph = new TestGraph(edges) { BlockSize = 3 };
            ShortestPathSearch search = SearchFor([target], graph);
            search.SearchFrom(roots);
            if (search.PathTo(target) is not { } path) return;
            Edge[] references = [.. path.Objects.Skip(1).Select((held, i) => new Edge(path.Objects[i], held))];
            ulong[] otherRoots = [.. roots.Where((_, i) => i != path.Root)];
            ShortestPathSearch without = SearchFor(path.Objects, graph, references);
            without.SearchFrom(otherRoots);
            without.SearchBehindTargets();
            Assert.Equal(
                Enumerable.Range(0, path.Objects.Count).Where(i => !IsFoundWithout(i)),
                PathBridges.Of(without, path.Objects)?.Order());

            bool IsFoundWithout(int reference)
            {
                ShortestPathSearch other = reference == 0
                    ? SearchFor([target], graph)
                    : SearchFor([target], graph, references[reference - 1]);
                other.SearchFrom(reference == 0 ? otherRoots : roots);
                return other.FoundAll;
            }
        });

    [Fact]
    public void Without_time_nothing_is_said()
    {
        var graph = new TestGraph((1, 2));
        var search = new ShortestPathSearch(graph, [1, 2], new CancellationToken(canceled: true), [new Edge(1, 2)]);
        search.SearchFrom([]);
        search.SearchBehindTargets();
        Assert.Null(PathBridges.Of(search, [1, 2]));
    }

    private static ShortestPathSearch SearchFor(IEnumerable<ulong> targets, TestGraph graph, params Edge[] cuts) =>
        new(graph, targets, CancellationToken.None, cuts);
}
