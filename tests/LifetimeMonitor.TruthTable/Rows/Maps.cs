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

    public static Row[] Rows => [DictionaryKey, DictionaryValue, DictionaryOfLists, ConcurrentDictionary, SortedDictionary, SortedList];

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
}
