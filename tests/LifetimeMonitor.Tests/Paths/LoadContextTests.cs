using System.Reflection;
using System.Runtime.Loader;

namespace LifetimeMonitor.Tests.Paths;

public sealed class LoadContextTests
{
    private static object? s_plugin;

    [Fact]
    public void A_context_that_nothing_holds_is_unloaded() => LifeTimeMonitor.AssertUnloaded(NewContext, context => Create(context));

    [Fact]
    public void An_object_that_was_loaded_keeps_its_context()
    {
        var e = Assert.Throws<ObjectNotDeadException>(() => LifeTimeMonitor.AssertUnloaded(NewContext, context => s_plugin = Create(context)));
        s_plugin = null;
        e.Reports[0].Shows("""
              static field LifetimeMonitor.Tests.Paths.LoadContextTests.s_plugin
              │   LifetimeMonitor.Tests.Paths.Leaked
              ├─ loader allocator (the type is collectible)
              ╰▶ AssemblyLoadContext "plugin"
            """);
        Assert.Equal("An object of a collectible type, LifetimeMonitor.Tests.Paths.Leaked, keeps its whole AssemblyLoadContext loaded: let go of it first.", e.Reports[0].Paths[0].Advice);
    }

    [Fact]
    public void A_context_that_is_not_collectible_is_refused() => Assert.StartsWith(
        "This AssemblyLoadContext can never be unloaded: make it with isCollectible: true.",
        Assert.Throws<ArgumentException>(() => LifeTimeMonitor.AssertUnloaded(() => new AssemblyLoadContext("plugin"))).Message,
        StringComparison.Ordinal);

    private static AssemblyLoadContext NewContext() => new("plugin", isCollectible: true);

    private static object Create(AssemblyLoadContext context)
    {
        Assembly loaded = context.LoadFromAssemblyPath(typeof(Leaked).Assembly.Location);
        return Activator.CreateInstance(loaded.GetType(typeof(Leaked).FullName!)!)!;
    }
}
