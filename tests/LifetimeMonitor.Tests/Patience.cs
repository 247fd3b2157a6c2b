using System.Runtime.CompilerServices;

namespace LifetimeMonitoring.Tests;

/// <summary>
/// One diagnosis runs at a time. On a busy machine a diagnosis with a dump takes half a minute, so other tests wait
/// instead of failing. A test that needs other options derives them from these <c>with</c> its changes.
/// </summary>
internal static class Patience
{
#pragma warning disable CA2255 // A test program has no other place that runs before all its code.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Set() => LifetimeOptions.Default = LifetimeOptions.Default with { TimeBudget = TimeSpan.FromMinutes(2) };
}
