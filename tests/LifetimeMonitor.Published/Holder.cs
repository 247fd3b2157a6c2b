namespace LifetimeMonitoring.Published;

internal sealed class Kept;

internal static class Holder
{
    public static Kept? Held;
}
