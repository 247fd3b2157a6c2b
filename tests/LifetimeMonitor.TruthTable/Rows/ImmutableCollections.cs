using System.Collections.Frozen;
using System.Collections.Immutable;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class ImmutableCollections
{
    private static readonly ImmutableList<Leaked> s_twoItems = [new(), new()];
    private static readonly ImmutableDictionary<int, Leaked?> s_twoPairs = ImmutableDictionary.CreateRange<int, Leaked?>([new(3, null), new(5, null)]);

    private static ImmutableList<Leaked> s_list = s_twoItems;
    private static ImmutableDictionary<int, Leaked?> s_dictionary = s_twoPairs;
    private static ImmutableArray<Leaked> s_array = [];
    private static FrozenDictionary<string, Leaked>? s_frozen;

    public static Row[] Rows => [List, Dictionary, Array, FrozenDictionary];

    private static Row List => Row.Of("ImmutableList", leaked => s_list = s_twoItems.Add(leaked), _ => s_list = s_twoItems);

    private static Row Dictionary => Row.Of(
        "ImmutableDictionary value",
        leaked => s_dictionary = s_twoPairs.Add(17, leaked),
        _ => s_dictionary = s_twoPairs);

    private static Row Array => Row.Of("ImmutableArray in a static field", leaked => s_array = [new Leaked(), leaked], _ => s_array = []);

    private static Row FrozenDictionary => Row.Of(
        "FrozenDictionary value",
        leaked => s_frozen = new Dictionary<string, Leaked> { ["first"] = new(), ["k17"] = leaked }.ToFrozenDictionary(StringComparer.Ordinal),
        _ => s_frozen = null);
}
