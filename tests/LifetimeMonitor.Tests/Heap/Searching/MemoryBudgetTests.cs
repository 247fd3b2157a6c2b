using System.Runtime.InteropServices;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.Searching;
using LifetimeMonitoring.Tests.Snapshots;

namespace LifetimeMonitoring.Tests.Heap.Searching;

/// <summary>A search without enough memory stops, in the clone and outside it, with the same result.</summary>
public sealed class MemoryBudgetTests : IDisposable
{
    private const int Objects = 10_000, Room = 1_000, BytesPerEntry = 13;
    private readonly LinkedObjects _list;

    public MemoryBudgetTests()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        _list = new LinkedObjects(Objects);
    }

    public void Dispose() => _list.Dispose();

    [Fact]
    public void Both_searches_stop_at_the_same_object_and_keep_their_paths() => Both(BudgetFor(Room), searches =>
    {
        IPathSearch search = searches.PathsTo([_list.At(Room - 1), _list.At(Room)], CancellationToken.None);
        search.SearchFrom([_list.At(0)]);
        search.SearchBehindTargets();
        Assert.Equal(SearchStop.Memory, search.StoppedBy);
        Assert.Equal(Enumerable.Range(0, Room).Select(_list.At), search.PathTo(_list.At(Room - 1))!.Objects);
        Assert.Null(search.PathTo(_list.At(Room)));
        Assert.False(search.FoundAll);
    });

    [Fact]
    public void Roots_alone_can_take_all_of_it() => Both(BudgetFor(Room), searches =>
    {
        IPathSearch search = searches.PathsTo([_list.At(Objects - 1)], CancellationToken.None);
        search.SearchFrom(Enumerable.Range(0, Room + 1).Select(i => _list.At(i * 2)));
        Assert.Equal(SearchStop.Memory, search.StoppedBy);
    });

    [Fact]
    public void Where_all_that_is_reachable_fits_in_nothing_is_stopped() => Both(BudgetFor(Objects), searches =>
    {
        IPathSearch search = searches.PathsTo([8], CancellationToken.None);
        search.SearchFrom([_list.At(0)]);
        Assert.Equal((SearchStop.None, Objects), (search.StoppedBy, search.Visited));
    });

    [Fact]
    public void A_search_that_stopped_takes_nothing_from_the_next() => Both(BudgetFor(Room), searches =>
    {
        for (int i = 0; i < 3; i++)
        {
            IPathSearch stopped = searches.PathsTo([8], CancellationToken.None);
            stopped.SearchFrom([_list.At(0)]);
            Assert.Equal(SearchStop.Memory, stopped.StoppedBy);
            IPathSearch next = searches.PathsTo([_list.At(Objects - 1)], CancellationToken.None);
            next.SearchFrom([_list.At(Objects - Room)]);
            Assert.Equal((SearchStop.None, Room), (next.StoppedBy, next.PathTo(_list.At(Objects - 1))!.Objects.Count));
        }
    });

    [Fact]
    public void Where_not_even_the_marks_fit_no_search_is_begun() => Both(budget: 1, searches =>
    {
        IPathSearch search = searches.PathsTo([_list.At(0)], CancellationToken.None);
        search.SearchFrom([_list.At(0)]);
        Assert.Equal((SearchStop.NoRoomForMarks, 0), (search.StoppedBy, search.Visited));
        Assert.Null(search.RetainedBy(_list.At(0), [_list.At(1)], CancellationToken.None));
    });

    [Theory]
    [InlineData(Objects, Objects - 5, true)]
    [InlineData(Room, Objects - 5, false)] // too many objects are reachable without it
    [InlineData(Room, 5, false)] // it keeps too many objects alive
    public void The_retained_size_is_missing_where_the_memory_to_compute_it_was(
        int room,
        int target,
        bool isKnown) => Both(BudgetFor(room), searches =>
        Assert.Equal(
            isKnown ? (5, 5 * 24L) : null,
            searches
                .PathsTo([_list.At(target)], CancellationToken.None)
                .RetainedBy(_list.At(target), [_list.At(0)], CancellationToken.None)));

    private long BudgetFor(int entries) => SeenSet.BytesFor(_list.Segments.SlotCount) + (entries * BytesPerEntry);

    private void Both(long budget, Action<IPathSearchFactory> say)
    {
        say(
            new ManagedSearchFactory(
                new HeapGraph(
                    _list.Segments,
                    new HeapMemory(SharedScratch.Memory, _list.Segments, ThisProcess.Read),
                    new MethodTableReader(ThisProcess.Read, _ => 0),
                    RawNothing.Attached),
                budget));
        using var here = new ServedHere();
        say(Inside(here, budget));
    }

    private InCloneSearchFactory Inside(ServedHere here, long budget) => new(here.Channel, _list.Segments, RawNothing.Attached, _ => 0, budget);
}
