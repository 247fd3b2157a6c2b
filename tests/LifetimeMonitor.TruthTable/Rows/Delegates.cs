namespace LifetimeMonitor.TruthTable.Rows;

internal static class Delegates
{
    private static readonly Dictionary<string, Func<string?>> s_cache = [];
    private static Action? s_action;

    public static Row[] Rows => [MethodGroup, Multicast, CachedFunction];

    private static Row MethodGroup => Row.Of("delegate of a method", leaked => s_action = leaked.Touch, _ => s_action = null);

    private static Row Multicast => Row.Of(
        "delegate of three methods, the middle one leaks",
        leaked => s_action = (Action)new Leaked().Touch + leaked.Touch + new Leaked().Touch,
        leaked => s_action -= leaked.Touch);

    private static Row CachedFunction => Row.Of(
        "lambda in a static cache of functions",
        leaked => s_cache["k17"] = () => leaked.ToString(),
        _ => s_cache.Clear());
}
