using LifetimeMonitoring.Graph;

namespace LifetimeMonitoring.Tests.Graph;

public sealed class SearchMemoryTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void The_memory_besides_the_marks_is_for_the_queue()
    {
        // One bit per eight bytes: the marks of a heap of 32 MB take half a megabyte.
        var memory = new SearchMemory(Megabyte, 32 * Megabyte / 8);
        Assert.True(memory.HoldsMarks);
        Assert.Equal(Megabyte / 2 / 13, memory.Entries);
    }

    [Fact]
    public void Where_not_even_the_marks_fit_no_search_is_begun()
    {
        var graph = new TestGraph((1, 9)) { SlotCount = 8 * Megabyte + 1 };
        Assert.True(new SearchMemory(Megabyte, graph.SlotCount - 1).HoldsMarks);
        Assert.False(new SearchMemory(Megabyte, graph.SlotCount).HoldsMarks);
        var searches = new ManagedSearchFactory(graph, Megabyte);
        IPathSearch search = searches.PathsTo([9], CancellationToken.None);
        search.SearchFrom([1]);
        search.SearchBehindTargets();
        Assert.Equal((SearchStop.NoRoomForMarks, 0, false), (search.StoppedBy, search.Visited, search.FoundAll));
        Assert.Null(search.PathTo(9));
        Assert.Null(search.RetainedBy(9, [1], CancellationToken.None));
    }

    [Fact]
    public void A_budget_without_bound_bounds_nothing() =>
        Assert.True(new SearchMemory(long.MaxValue, 1L << 40) is { HoldsMarks: true, Entries: > 1L << 50 });
}
