using System.Runtime.CompilerServices;

namespace Specimens;

/// <summary>The tests compare the paths of the specimens, so a busy machine must not omit them.</summary>
internal static class Patience
{
#pragma warning disable CA2255 // A test program has no other place that runs before all its code.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Set() => LifetimeOptions.Default = LifetimeOptions.Default with { TimeBudget = TimeSpan.FromMinutes(2) };
}
