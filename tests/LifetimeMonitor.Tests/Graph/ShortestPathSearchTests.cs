using LifetimeMonitoring.Graph;

namespace LifetimeMonitoring.Tests.Graph;

public sealed class ShortestPathSearchTests
{
    [Fact]
    public void The_shortest_of_several_paths_is_found()
    {
        var graph = new TestGraph((1, 2), (2, 3), (3, 9), (1, 4), (4, 9));
        Assert.Equal([1, 4, 9], PathTo(9, graph, roots: [1]));
    }

    [Fact]
    public void Of_equally_short_paths_the_one_through_the_first_root_and_the_first_field_is_found()
    {
        var graph = new TestGraph((1, 3), (1, 4), (3, 9), (4, 9), (2, 9));
        Assert.Equal([1, 3, 9], PathTo(9, graph, roots: [1]));
        Assert.Equal([2, 9], PathTo(9, graph, roots: [1, 2]));
    }

    [Fact]
    public void A_root_that_holds_the_target_itself_is_a_path_of_one()
    {
        var search = new ShortestPathSearch(new TestGraph(), [9], CancellationToken.None);
        search.SearchFrom([5, 9]);
        Assert.Equal(new { Root = 1, Count = 1 }, new { search.PathTo(9)!.Root, search.PathTo(9)!.Objects.Count });
    }

    [Fact]
    public void Cycles_and_references_to_oneself_end()
    {
        var graph = new TestGraph((1, 1), (1, 2), (2, 1), (2, 3));
        Assert.Equal([1, 2, 3], PathTo(3, graph, roots: [1]));
        Assert.Null(PathTo(8, graph, roots: [1]));
    }

    [Fact]
    public void A_target_that_is_a_cycle_of_its_own_and_held_by_nothing_is_not_found() =>
        Assert.Null(PathTo(7, new TestGraph((7, 8), (8, 7), (1, 2)), roots: [1]));

    [Fact]
    public void An_earlier_class_of_roots_explains_even_by_a_longer_path()
    {
        var graph = new TestGraph((1, 2), (2, 3), (3, 9), (5, 9));
        var search = new ShortestPathSearch(graph, [9], CancellationToken.None);
        search.SearchFrom([1]);
        search.SearchFrom([5]);
        Assert.Equal([1UL, 2UL, 3UL, 9UL], search.PathTo(9)!.Objects);
    }

    [Fact]
    public void Roots_are_numbered_through_all_classes_also_those_that_are_no_objects()
    {
        var search = new ShortestPathSearch(new TestGraph((5, 9)), [9], CancellationToken.None);
        search.SearchFrom([0, 1, 999_999]);
        search.SearchFrom([2, 5]);
        Assert.Equal(4, search.PathTo(9)!.Root);
    }

    [Fact]
    public void A_path_does_not_lead_through_another_target_while_there_is_one_that_does_not()
    {
        var graph = new TestGraph((1, 8), (8, 9), (1, 2), (2, 3), (3, 9));
        var search = new ShortestPathSearch(graph, [8, 9], CancellationToken.None);
        search.SearchFrom([1]);
        Assert.Equal([1UL, 2UL, 3UL, 9UL], search.PathTo(9)!.Objects);
        Assert.Equal([1UL, 8UL], search.PathTo(8)!.Objects);
    }

    [Fact]
    public void A_target_that_only_another_one_holds_is_found_behind_it_in_the_end()
    {
        var search = new ShortestPathSearch(new TestGraph((1, 8), (8, 9)), [8, 9], CancellationToken.None);
        search.SearchFrom([1]);
        Assert.Null(search.PathTo(9));
        search.SearchBehindTargets();
        Assert.Equal([1UL, 8UL, 9UL], search.PathTo(9)!.Objects);
    }

    [Fact]
    public void A_chain_of_targets_is_followed_to_its_end()
    {
        var search = new ShortestPathSearch(new TestGraph((1, 7), (7, 8), (8, 9)), [7, 8, 9], CancellationToken.None);
        search.SearchFrom([1]);
        search.SearchBehindTargets();
        Assert.Equal([1UL, 7UL, 8UL, 9UL], search.PathTo(9)!.Objects);
    }

    [Fact]
    public void A_list_of_a_million_objects_needs_no_recursion()
    {
        const ulong Length = 1_000_000;
        var graph = new TestGraph { SlotCount = (long)Length + 2 };
        for (ulong i = 1; i < Length; i++) graph.Add(i, i + 1);
        Assert.Equal((int)Length, PathTo(Length, graph, roots: [1])!.Length);
    }

    [Fact]
    public void References_that_come_in_blocks_are_all_followed()
    {
        var graph = new TestGraph((1, 2), (1, 3), (1, 4), (1, 5), (5, 9)) { BlockSize = 2 };
        Assert.Equal([1, 5, 9], PathTo(9, graph, roots: [1]));
    }

    [Fact]
    public void A_search_that_is_stopped_says_so_and_finds_nothing()
    {
        var search = new ShortestPathSearch(new TestGraph((1, 9)), [9], new CancellationToken(canceled: true));
        search.SearchFrom([1]);
        Assert.Equal(SearchStop.Time, search.StoppedBy);
        Assert.Null(search.PathTo(9));
    }

    [Fact]
    public void Where_there_is_no_more_room_the_search_stops_and_its_paths_stay()
    {
        var search = new ShortestPathSearch(new TestGraph((1, 2), (1, 8), (2, 3), (3, 9)), [8, 9], CancellationToken.None, maxEntries: 4);
        search.SearchFrom([1]);
        search.SearchBehindTargets();
        Assert.Equal((SearchStop.Memory, 4), (search.StoppedBy, search.Visited));
        Assert.Equal([1UL, 8UL], search.PathTo(8)!.Objects);
        Assert.Null(search.PathTo(9));
    }

    [Fact]
    public void Room_for_exactly_the_objects_of_the_graph_is_enough()
    {
        var search = new ShortestPathSearch(new TestGraph((1, 2), (2, 3)), [9], CancellationToken.None, maxEntries: 3);
        search.SearchFrom([1]);
        Assert.Equal((SearchStop.None, 3), (search.StoppedBy, search.Visited));
    }

    private static ulong[]? PathTo(ulong target, TestGraph graph, ulong[] roots)
    {
        var search = new ShortestPathSearch(graph, [target], CancellationToken.None);
        search.SearchFrom(roots);
        return search.PathTo(target)?.Objects.ToArray();
    }
}
