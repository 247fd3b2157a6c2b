using System.Collections.Concurrent;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class Maps
{
    private static readonly Dictionary<string, Leaked?> s_byName = new() { ["first"] = null, ["second"] = null };
    private static readonly Dictionary<Leaked, int> s_numbers = new() { [new Leaked()] = 1 };
    private static readonly Dictionary<string, List<Leaked>> s_groups = new() { ["first"] = [], ["second"] = [new()] };
    // Numbers for keys: those of strings and references hash differently in each process.
    private static readonly ConcurrentDictionary<int, Leaked?> s_concurrent = new([new(3, null), new(17, null)]);
    private static readonly SortedDictionary<string, Leaked?> s_sorted = new(StringComparer.Ordinal) { ["a"] = null, ["b"] = null };
    private static readonly SortedList<string, Leaked?> s_sortedList = new(StringComparer.Ordinal) { ["a"] = null };

    public static Row[] Rows =>
        [DictionaryKey, DictionaryValue, DictionaryOfLists, ConcurrentDictionary, SortedDictionary, SortedList, Lookup, TupleKey, TypeKey, EnumerationKey, TimeKey];

    private static readonly Dictionary<(int, string), Leaked> s_byPair = [];
    private static readonly Dictionary<Type, Leaked> s_byType = [];
    private static readonly Dictionary<DayOfWeek, Leaked> s_byDay = [];
    private static readonly Dictionary<DateTime, Leaked> s_byTime = [];
    private static ILookup<string, Leaked>? s_lookup;

    private static Row DictionaryKey => Row.Of("Dictionary key", leaked => s_numbers.Add(leaked, 17), leaked => s_numbers.Remove(leaked));

    private static Row DictionaryValue => Row.Of("Dictionary value", leaked => s_byName["k17"] = leaked, _ => s_byName.Remove("k17"));

    private static Row DictionaryOfLists => Row.Of(
        "Dictionary of Lists",
        leaked => s_groups["second"].Add(leaked),
        leaked => s_groups["second"].Remove(leaked));

    private static Row ConcurrentDictionary => Row.Of(
        "ConcurrentDictionary value",
        leaked => s_concurrent[18] = leaked,
        _ => s_concurrent.TryRemove(18, out Leaked? _));

    private static Row SortedDictionary => Row.Of("SortedDictionary value", leaked => s_sorted["k17"] = leaked, _ => s_sorted.Remove("k17"));

    private static Row SortedList => Row.Of("SortedList value", leaked => s_sortedList["k17"] = leaked, _ => s_sortedList.Remove("k17"));

    private static Row Lookup => Row.Of(
        "group of a lookup",
        leaked => s_lookup = new[] { new Leaked(), leaked }.ToLookup(_ => "k17"),
        _ => s_lookup = null);

    private static Row TupleKey => Row.Of("Dictionary with a tuple for its key", leaked => s_byPair[(17, "k")] = leaked, _ => s_byPair.Clear());

    private static Row TypeKey => Row.Of("Dictionary with a type for its key", leaked => s_byType[typeof(List<Leaked>)] = leaked, _ => s_byType.Clear());

    private static Row EnumerationKey => Row.Of("Dictionary with a member of an enumeration for its key", leaked => s_byDay[DayOfWeek.Friday] = leaked, _ => s_byDay.Clear());

    private static Row TimeKey => Row.Of("Dictionary with a time for its key", leaked => s_byTime[new DateTime(2026, 11, 24, 17, 0, 0, DateTimeKind.Utc)] = leaked, _ => s_byTime.Clear());
}
