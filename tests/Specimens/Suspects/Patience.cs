using System.Runtime.CompilerServices;

namespace Specimens;

/// <summary>The paths of the specimens are compared: a machine that is busy is no reason to leave them out.</summary>
internal static class Patience
{
#pragma warning disable CA2255 // A test program has no better place that comes before everything in it.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Set() => LifetimeOptions.Default = LifetimeOptions.Default with { TimeBudget = TimeSpan.FromMinutes(2) };
}
