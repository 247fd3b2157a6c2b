namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// The insides of the framework's collections, as the user sees them. The fields are those of .NET 8 to 10
/// (dotnet/runtime, src/libraries). When a field is renamed, the path shows the fields as they are, and a test fails.
/// </summary>
internal static class Collections
{
    private const int MostInTuple = 7, MostInRest = 7;
    private const string Index = @"\[(?<i>\d+)\]";
    private const string Rest = @"(?<rest>(\.[^/]+)?)";
    private const string Tree = "(/_left|/_right)*";
    private const string Generic = "System.Collections.Generic.";
    private const string Concurrent = "System.Collections.Concurrent.";
    private const string Immutable = "System.Collections.Immutable.";
    private const string FSharp = "Microsoft.FSharp.Collections.";
    private const string Frozen = "System.Collections.Frozen.";

    public static IEnumerable<ShapeRule> Rules =>
    [
        new(Generic + "List", $"_items/{Index}{Rest}", "[{i}]{rest}"),
        new(Generic + "Dictionary", $@"_entries/{Index}\.value{Rest}", "[{key}]{rest}", KeyPlace.InEntry("key")),
        new(Generic + "Dictionary", $@"_entries/{Index}\.key{Rest}", "key{rest}"),
        new(Generic + "HashSet", $@"_entries/{Index}\.Value{Rest}", "element{rest}"),
        new(Generic + "Queue", $"_array/{Index}{Rest}", "element{rest}"),
        new(Generic + "Stack", $"_array/{Index}{Rest}", "element{rest}"),
        new(Generic + "PriorityQueue", $@"_nodes/{Index}\.Item1{Rest}", "element{rest}"),
        new(Generic + "PriorityQueue", $@"_nodes/{Index}\.Item2{Rest}", "priority{rest}"),
        new(Generic + "LinkedList", $"head(/next|/prev)*/item{Rest}", "element{rest}"),
        new(
            Generic + "SortedDictionary",
            $@"_set/root(/Left|/Right)*/Item\.value{Rest}",
            "[{key}]{rest}",
            KeyPlace.InNode("<Item>k__BackingField", "key")),
        new(Generic + "SortedDictionary", $@"_set/root(/Left|/Right)*/Item\.key{Rest}", "key{rest}"),
        new(Generic + "SortedSet", $"root(/Left|/Right)*/Item{Rest}", "element{rest}"),
        new(Generic + "SortedList", $"values/{Index}{Rest}", "[{key}]{rest}", KeyPlace.InArray("keys")),
        new(Generic + "SortedList", $"keys/{Index}{Rest}", "key{rest}"),
        new(Generic + "OrderedDictionary", $@"_entries/{Index}\.Value{Rest}", "[{key}]{rest}", KeyPlace.InEntry("Key")),
        new(Generic + "OrderedDictionary", $@"_entries/{Index}\.Key{Rest}", "key{rest}"),
        new(
            "System.Collections.Specialized.OrderedDictionary",
            $"_objectsArray/_items/{Index}/_value",
            "[{key}]",
            KeyPlace.InNode("_key")),
        new("System.Dynamic.ExpandoObject", $"_data/_dataArray/{Index}", "[{key}]", new KeyPlace(MemberOfExpando)),
        new("System.Collections.ObjectModel.Collection", $"items/_items/{Index}{Rest}", "[{i}]{rest}"),
        new("System.Collections.ObjectModel.ReadOnlyCollection", $"list/(_items/)?{Index}{Rest}", "[{i}]{rest}"),
        new("System.Collections.SortedList", $"values/{Index}", "[{key}]", KeyPlace.InArray("keys")),
        new("System.Collections.SortedList", $"keys/{Index}", "key"),
        new("System.Collections.Specialized.ListDictionary", "head(/next)*/value", "[{key}]", KeyPlace.InNode("key")),
        new("System.Collections.Specialized.ListDictionary", "head(/next)*/key", "key"),
        new("System.Collections.ArrayList", $"_items/{Index}", "[{i}]"),
        new("System.Collections.Queue", $"_array/{Index}", "element"),
        new("System.Collections.Stack", $"_array/{Index}", "element"),
        new("System.Collections.Hashtable", $@"_buckets/{Index}\.val", "[{key}]", KeyPlace.InEntry("key")),
        new("System.Collections.Hashtable", $@"_buckets/{Index}\.key", "key"),
        new("System.Collections.ListDictionaryInternal", "head(/next)*/value", "[{key}]", KeyPlace.InNode("key")),
        new(
            Concurrent + "ConcurrentDictionary",
            $@"_tables/_buckets/{Index}(\._node)?(/_next)*/_value{Rest}",
            "[{key}]{rest}",
            KeyPlace.InNode("_key")),
        new(
            Concurrent + "ConcurrentDictionary",
            $@"_tables/_buckets/{Index}(\._node)?(/_next)*/_key{Rest}",
            "key{rest}"),
        new(
            Concurrent + "ConcurrentQueue",
            $@"(_head|_tail)(/_nextSegment)*/_slots/{Index}\.Item{Rest}",
            "element{rest}"),
        new(Concurrent + "ConcurrentStack", $"_head(/_next)*/_value{Rest}", "element{rest}"),
        new(Concurrent + "ConcurrentBag+WorkStealingQueue", $"_array/{Index}{Rest}", "element{rest}"),
        new(Concurrent + "ConcurrentBag", $"_workStealingQueues(/_nextQueue)*/_array/{Index}{Rest}", "element{rest}"),
        .. WithBuilder(new(Immutable + "ImmutableList", $"_root{Tree}/_key{Rest}", "element{rest}")),
        .. WithBuilder(new(Immutable + "ImmutableSortedSet", $"_root{Tree}/_key{Rest}", "element{rest}")),
        .. WithBuilder(new(
            Immutable + "ImmutableSortedDictionary",
            $"_root{Tree}/_value{Rest}",
            "[{key}]{rest}",
            KeyPlace.InNode("_key"))),
        .. WithBuilder(new(Immutable + "ImmutableSortedDictionary", $"_root{Tree}/_key{Rest}", "key{rest}")),
        .. WithBuilder(new(
            Immutable + "ImmutableDictionary",
            $@"_root{Tree}/_value\._firstValue\.value{Rest}",
            "[{key}]{rest}",
            new KeyPlace(FirstKey))),
        .. WithBuilder(new(
            Immutable + "ImmutableDictionary",
            $@"_root{Tree}/_value\._firstValue\.key{Rest}",
            "key{rest}")),
        .. WithBuilder(new(
            Immutable + "ImmutableDictionary",
            $@"_root{Tree}/_value\._additionalElements{Tree}/_key\.value{Rest}",
            "[{key}]{rest}",
            KeyPlace.InNode("_key", "key"))),
        .. WithBuilder(new(
            Immutable + "ImmutableHashSet",
            $@"_root{Tree}/_value\._firstValue{Rest}",
            "element{rest}")),
        .. WithBuilder(new(
            Immutable + "ImmutableHashSet",
            $@"_root{Tree}/_value\._additionalElements{Tree}/_key{Rest}",
            "element{rest}")),
        new(Immutable + "ImmutableStack", $"(_tail/)*_head{Rest}", "element{rest}"),
        new(Immutable + "ImmutableQueue", $"(_forwards|_backwards)(/_tail)*/_head{Rest}", "element{rest}"),
        new(Immutable + "ImmutableArray+Builder", $"_elements/{Index}{Rest}", "[{i}]{rest}"),
        new(Frozen + "FrozenDictionary", $"_values/{Index}{Rest}", "[{key}]{rest}", KeyPlace.InArray("_keys")),
        new(Frozen + "FrozenDictionary", $"_keys/{Index}{Rest}", "key{rest}"),
        new(Frozen + "FrozenSet", $"_items/{Index}{Rest}", "element{rest}"),
        new(FSharp + "FSharpList", $"(tail/)*head{Rest}", "element{rest}"),
        new(FSharp + "FSharpMap", $"tree(/left|/right)*/v{Rest}", "[{key}]{rest}", KeyPlace.InNode("k")),
        new(FSharp + "FSharpMap", $"tree(/left|/right)*/k{Rest}", "key{rest}"),
        new(FSharp + "FSharpSet", $"tree(/left|/right)*/k{Rest}", "element{rest}"),
        new("Microsoft.FSharp.Core.FSharpOption", "value", "Value", Kind: ReferenceKind.Field),
        new(
            "System.Threading.Channels.UnboundedChannel",
            $@"_items/(_head|_tail)(/_nextSegment)*/_slots/{Index}\.Item{Rest}",
            "item waiting to be read{rest}"),
        new(
            "System.Threading.Channels.BoundedChannel",
            $"_items/_array/{Index}{Rest}",
            "item waiting to be read{rest}"),
        new(
            "System.Threading.Channels.UnboundedPrioritizedChannel",
            $@"_items/_nodes/{Index}\.Item2{Rest}",
            "item waiting to be read{rest}"),
        new(
            "System.Threading.Channels.SingleConsumerUnboundedChannel",
            $"_items/(_head|_tail)(/_next)*/_array/{Index}{Rest}",
            "item waiting to be read{rest}"),
        new(
            Concurrent + "SingleProducerSingleConsumerQueue",
            $"(_head|_tail)(/_next)*/_array/{Index}{Rest}",
            "element{rest}"),
        new("System.Linq.Lookup", "_lastGrouping(/_next)*", "[{key}]", KeyPlace.InTarget("_key")),
        new("System.Linq.Grouping", $"_elements/{Index}{Rest}", "[{i}]{rest}"),
        .. Compared.Select(c =>
            new ShapeRule(c, "(_tables/|_set/)?_?[cC]omparer", "comparer", Kind: ReferenceKind.Field)),
        new("<>z__ReadOnlySingleElementList", $"_item{Rest}", "[0]{rest}"),
        new("System.Tuple", @"m_(?<item>Item\d)", "{item}", Kind: ReferenceKind.Field),
        // The eighth element and those after it are in a tuple of their own.
        .. Enumerable.Range(1, MostInRest).Select(i => new ShapeRule(
            "System.Tuple",
            $"m_Rest/m_Item{i}",
            $"Item{MostInTuple + i}",
            Kind: ReferenceKind.Field)),
        new("System.Lazy", "_value", "Value", Kind: ReferenceKind.Field),
    ];

    private static string[] Compared =>
    [
        Generic + "Dictionary", Generic + "HashSet", Generic + "SortedDictionary", Generic + "SortedSet",
        Generic + "SortedList", Generic + "PriorityQueue", Generic + "OrderedDictionary",
        Concurrent + "ConcurrentDictionary", "System.Collections.SortedList",
    ];

    // A builder has the same tree inside.
    private static ShapeRule[] WithBuilder(ShapeRule rule) => [rule, rule with { Definition = rule.Definition + "+Builder" }];

    private static Heap.HeapValue? MemberOfExpando(PathCursor path, int at, System.Text.RegularExpressions.Match match) =>
        path.Heap.ObjectAt(path.Objects[at])
            ?.Reference("_data")
            ?.Reference("Class")
            ?.Reference("_keys")
            ?.Element(KeyPlace.Index(match));

    private static Heap.HeapValue? FirstKey(PathCursor path, int at, System.Text.RegularExpressions.Match match)
    {
        int node = at + match.Value.Count(c => c == '/');
        return path.Heap.ObjectAt(path.Objects[node])?.Value("_value")?.Field("_firstValue")?.Field("key");
    }
}
