using CsCheck;
using LifetimeMonitor.Graph;

namespace LifetimeMonitor.Tests.Graph;

public sealed class RetainedSizeProperties
{
    private const int Objects = 24;

    [Fact]
    public void It_is_what_is_reachable_with_the_object_and_not_without_it() => Gen.Select(
        Gen.Select(Gen.Int[1, Objects], Gen.Int[1, Objects]).Array[0, 60],
        Gen.ULong[0, Objects + 2].Array[0, 5],
        Gen.ULong[1, Objects]).Sample((edges, roots, target) =>
        {
            var graph = new TestGraph(edges) { BlockSize = 3 };
            ulong[] others = [.. roots.Where(r => r != target && r != 0)];
            HashSet<ulong> without = Reachable(graph, others, blocked: target);
            HashSet<ulong> retained = Reachable(graph, [target], blocked: 0);
            retained.ExceptWith(without);
            Assert.Equal((retained.Count, retained.Sum(o => (long)o)), RetainedSize.Of(target, graph, others, CancellationToken.None));
        });

    [Fact]
    public void Without_time_nothing_is_said() =>
        Assert.Null(RetainedSize.Of(1, new TestGraph((1, 2)), [], new CancellationToken(canceled: true)));

    // The naive way: add what any edge reaches until nothing is new.
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
