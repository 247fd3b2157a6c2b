using System.Runtime.CompilerServices;

namespace LifetimeMonitor.Tests;

/// <summary>
/// One diagnosis runs at a time, and on a busy machine one that needs a dump takes half a minute: tests beside it wait, and do not fail.
/// Who needs other options takes these <c>with</c> something else.
/// </summary>
internal static class Patience
{
#pragma warning disable CA2255 // A test program has no better place that comes before everything in it.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Set() => LifetimeOptions.Default = LifetimeOptions.Default with { TimeBudget = TimeSpan.FromMinutes(2) };
}
