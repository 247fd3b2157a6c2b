using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Dynamic;
using System.Threading.Channels;
using System.Threading.Tasks.Dataflow;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Tests.Paths;

namespace LifetimeMonitoring.Tests.Naming.Rules;

/// <summary>An object in a framework collection gets the name its user knows. A renamed field fails here.</summary>
public sealed class CollectionsTests
{
    private static object[]? s_held;

    [Fact]
    public void An_element_of_a_collection_is_named_by_the_index_or_key_of_its_user()
    {
        Collection[] collections = [.. Lists(), .. Maps(), .. Immutables(), .. Others()];
        var scope = new LifetimeScope();
        Fill(scope, collections);
        IReadOnlyList<LifetimeReport> reports = Assert.Throws<ObjectNotDeadException>(() => scope.AssertAllDead()).Reports;
        s_held = null;
        // The first two steps are the array in the static field and the index in it.
        Assert.Equal(
            collections.Select(c => $"{c.Name}: {c.Words}"),
            reports.Zip(
                collections,
                (r, c) => $"{c.Name}: {string.Join(" / ", r.Paths[0].Steps.Skip(2).Select(s => s.Reference))}"));
    }

    private static void Fill(LifetimeScope scope, Collection[] collections) =>
        s_held = Array.ConvertAll(collections, c => c.With(scope.Watch(new Leaked())));

    private static Collection[] Lists() =>
    [
        new("List", o => new List<object> { 1, o }, "[1]"),
        new("ArrayList", o => new ArrayList { 1, o }, "[1]"),
        new("Collection", o => new Collection<object> { 1, o }, "[1]"),
        new("ObservableCollection", o => new ObservableCollection<object> { 1, o }, "[1]"),
        new("ReadOnlyCollection of a list", o => new ReadOnlyCollection<object>(new List<object> { 1, o }), "[1]"),
        new("ReadOnlyCollection of an array", o => new ReadOnlyCollection<object>([1, o]), "[1]"),
        new("LinkedList", o => new LinkedList<object>([1, o]), "element"),
        new("HashSet", o => new HashSet<object> { o }, "element"),
        new("SortedSet", o => new SortedSet<object>(s_anyOrder) { o }, "element"),
        new("Queue", o => new Queue<object>([o]), "element"),
        new("Queue of objects", o => new Queue(new[] { o }), "element"),
        new("Stack", o => new Stack<object>([o]), "element"),
        new("Stack of objects", o => new Stack(new[] { o }), "element"),
        new("PriorityQueue", o => new PriorityQueue<object, int>([(o, 1)]), "element"),
        new("PriorityQueue, priority", o => new PriorityQueue<int, object>([(1, o)]), "priority"),
        new("ConcurrentQueue", o => new ConcurrentQueue<object>([o]), "element"),
        new("ConcurrentStack", o => new ConcurrentStack<object>([o, 1]), "element"),
        new("ConcurrentBag", o => new ConcurrentBag<object> { o }, "element"),
        new("BlockingCollection", o => new BlockingCollection<object> { o }, "element"),
    ];

    private static Collection[] Maps() =>
    [
        new("Dictionary", o => new Dictionary<string, object> { ["k"] = o }, """["k"]"""),
        new("Dictionary, key", o => new Dictionary<object, string> { [o] = "" }, "key"),
        new("SortedDictionary", o => new SortedDictionary<int, object> { [1] = "", [2] = "", [3] = o }, "[3]"),
        new("SortedDictionary, key", o => new SortedDictionary<object, int>(s_anyOrder) { [o] = 1 }, "key"),
        new("SortedList", o => new SortedList<int, object> { [3] = o }, "[3]"),
        new("SortedList, key", o => new SortedList<object, int>(s_anyOrder) { [o] = 3 }, "key"),
        new("SortedList of objects", o => new SortedList { ["k"] = o }, """["k"]"""),
        new("SortedList of objects, key", o => new SortedList(s_anyOrder) { [o] = 1 }, "key"),
        new("OrderedDictionary", o => new OrderedDictionary<string, object> { ["k"] = o }, """["k"]"""),
        new("OrderedDictionary, key", o => new OrderedDictionary<object, int> { [o] = 1 }, "key"),
        new("OrderedDictionary of objects", o => new OrderedDictionary { ["k"] = o }, """["k"]"""),
        new("Hashtable", o => new Hashtable { ["k"] = o }, """["k"]"""),
        new("Hashtable, key", o => new Hashtable { [o] = 1 }, "key"),
        new("ListDictionary", o => new ListDictionary { [1] = 1, ["k"] = o }, """["k"]"""),
        new("ListDictionary, key", o => new ListDictionary { [1] = 1, [o] = 1 }, "key"),
        new("HybridDictionary", o => new HybridDictionary { ["k"] = o }, """["k"]"""),
        new("Exception.Data", o => new InvalidOperationException { Data = { ["k"] = o } }, """Data / ["k"]"""),
        new("ConcurrentDictionary", o => new ConcurrentDictionary<string, object> { ["k"] = o }, """["k"]"""),
        new("ConcurrentDictionary, key", o => new ConcurrentDictionary<object, int> { [o] = 1 }, "key"),
        new(
            "ReadOnlyDictionary",
            o => new ReadOnlyDictionary<string, object>(new Dictionary<string, object> { ["k"] = o }),
            """["k"]"""),
    ];

    private static Collection[] Immutables() =>
    [
        new("ImmutableArray", o => new[] { ImmutableArray.Create(1, o) }, "[0] / [1]"),
        new("ImmutableArray.Builder", o => Built(ImmutableArray.CreateBuilder<object>(), o), "[0]"),
        new("ImmutableList", o => ImmutableList.Create(1, o), "element"),
        new("ImmutableList.Builder", o => Built(ImmutableList.CreateBuilder<object>(), o), "element"),
        new("ImmutableHashSet", o => ImmutableHashSet.Create(o), "element"),
        new("ImmutableHashSet.Builder", o => Built(ImmutableHashSet.CreateBuilder<object>(), o), "element"),
        new("ImmutableSortedSet", o => ImmutableSortedSet.Create(s_anyOrder, o), "element"),
        new("ImmutableSortedSet.Builder", o => Built(ImmutableSortedSet.CreateBuilder(s_anyOrder), o), "element"),
        new("ImmutableStack", o => ImmutableStack.Create(o, 1), "element"),
        new("ImmutableQueue", o => ImmutableQueue.Create(1, o), "element"),
        new("ImmutableDictionary", o => ImmutableDictionary<string, object>.Empty.Add("k", o), """["k"]"""),
        new("ImmutableDictionary, key", o => ImmutableDictionary<object, int>.Empty.Add(o, 1), "key"),
        new(
            "ImmutableDictionary, same hash code",
            o => ImmutableDictionary<SameHashCode, object>.Empty.Add(new(1), 1).Add(new(2), 1).Add(new(3), o),
            "[{CollectionsTests.SameHashCode: Number = 3}]"),
        new("ImmutableDictionary.Builder", o => Built(ImmutableDictionary.CreateBuilder<string, object>(), new("k", o)), """["k"]"""),
        new(
            "ImmutableDictionary.Builder, same hash code",
            o => ImmutableDictionary<SameHashCode, object>.Empty
                .Add(new(1), 1)
                .Add(new(2), 1)
                .Add(new(3), o)
                .ToBuilder(),
            "[{CollectionsTests.SameHashCode: Number = 3}]"),
        new("ImmutableDictionary.Builder, key", o => Built(ImmutableDictionary.CreateBuilder<object, int>(), new(o, 1)), "key"),
        new("ImmutableSortedDictionary", o => ImmutableSortedDictionary<string, object>.Empty.Add("k", o), """["k"]"""),
        new("ImmutableSortedDictionary, key", o => ImmutableSortedDictionary.Create<object, int>(s_anyOrder).Add(o, 1), "key"),
        new(
            "ImmutableSortedDictionary.Builder",
            o => Built(ImmutableSortedDictionary.CreateBuilder<string, object>(), new("k", o)),
            """["k"]"""),
        new(
            "ImmutableSortedDictionary.Builder, key",
            o => Built(ImmutableSortedDictionary.CreateBuilder<object, int>(s_anyOrder), new(o, 1)),
            "key"),
        new("FrozenDictionary", o => new Dictionary<string, object> { ["k"] = o, ["l"] = 1 }.ToFrozenDictionary(), """["k"]"""),
        new(
            "FrozenDictionary of many",
            o => Enumerable.Range(0, 100).ToDictionary(i => $"k{i * 7}", i => i == 50 ? o : 1).ToFrozenDictionary(),
            """["k350"]"""),
        new("FrozenDictionary, key", o => new Dictionary<object, int> { [o] = 1 }.ToFrozenDictionary(), "key"),
        new("FrozenSet", o => new[] { o }.ToFrozenSet(), "element"),
    ];

    private static Collection[] Others() =>
    [
        new("Channel", o => Written(Channel.CreateUnbounded<object>(), o), "item waiting to be read"),
        new(
            "Channel with one reader",
            o => Written(Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true }), o),
            "item waiting to be read"),
        new("Channel, bounded", o => Written(Channel.CreateBounded<object>(2), o), "item waiting to be read"),
        new(
            "Channel with priorities",
            o => Written(
                Channel.CreateUnboundedPrioritized(
                    new UnboundedPrioritizedChannelOptions<object> { Comparer = s_anyOrder }),
                o),
            "item waiting to be read"),
        new("Lookup", o => new[] { 1, o }.ToLookup(_ => "g"), """["g"] / [1]"""),
        new("Tuple", o => Tuple.Create(1, o), "Item2"),
        new(
            "ExpandoObject",
            o => { IDictionary<string, object?> e = new ExpandoObject(); e["A"] = 1; e["Dialog"] = o; return e; },
            """["Dialog"]"""),
        new("BufferBlock", o => { var b = new BufferBlock<object>(); _ = b.Post(o); return b; }, "_source / _messages / element"),
        new("Lazy", o => Valued(new Lazy<object>(() => o)), "Value"),
    ];

    private static readonly Comparer<object> s_anyOrder = Comparer<object>.Create((_, _) => 0);

    private static ICollection<T> Built<T>(ICollection<T> builder, T item)
    {
        builder.Add(item);
        return builder;
    }

    private static Channel<object> Written(Channel<object> channel, object item)
    {
        Assert.True(channel.Writer.TryWrite(item));
        return channel;
    }

    private static Lazy<object> Valued(Lazy<object> lazy)
    {
        Assert.NotNull(lazy.Value);
        return lazy;
    }

    private sealed record Collection(string Name, Func<object, object> With, string Words);

    private sealed record SameHashCode(int Number)
    {
        public override int GetHashCode() => 1;
    }
}
