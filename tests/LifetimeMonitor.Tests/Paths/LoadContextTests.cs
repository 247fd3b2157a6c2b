using System.Reflection;
using System.Runtime.CompilerServices;
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
    public void A_number_is_not_said_to_hold_an_object()
    {
        LifetimeReport report = CheckHeldBy(typeof(Holder));
        report.Shows("""
              static field LifetimeMonitor.Tests.Paths.LoadContextTests.s_plugin
              │   LifetimeMonitor.Tests.Paths.LoadContextTests.Holder
              ├─ Value.Pair
              ╰▶ LifetimeMonitor.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void An_element_of_an_inline_array_has_its_index_also_in_a_collectible_type()
    {
        LifetimeReport report = CheckHeldBy(typeof(Row));
        report.Shows("""
              static field LifetimeMonitor.Tests.Paths.LoadContextTests.s_plugin
              │   LifetimeMonitor.Tests.Paths.LoadContextTests.Row
              ├─ Cells[2]
              ╰▶ LifetimeMonitor.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void A_thread_static_of_a_collectible_type_is_named_with_its_thread()
    {
        LifetimeReport report = CheckHeldBy(typeof(OfThread<string>));
        Assert.Contains("├─ [ThreadStatic] LifetimeMonitor.Tests.Paths.LoadContextTests.OfThread<string>.s_last on thread N", report.Text(), StringComparison.Ordinal);
        Assert.Equal(PathCertainty.Exact, report.Search.Certainty);
    }

    [Fact]
    public void A_context_that_is_not_collectible_is_refused() => Assert.StartsWith(
        "This AssemblyLoadContext can never be unloaded: make it with isCollectible: true.",
        Assert.Throws<ArgumentException>(() => LifeTimeMonitor.AssertUnloaded(() => new AssemblyLoadContext("plugin"))).Message,
        StringComparison.Ordinal);

    private static LifetimeReport CheckHeldBy(Type type)
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_plugin = Create(NewContext(), type, leaked);
            return leaked;
        });
        s_plugin = null;
        return report;
    }

    private static AssemblyLoadContext NewContext() => new("plugin", isCollectible: true);

    private static object Create(AssemblyLoadContext context) => Create(context, typeof(Leaked));

    private static object Create(AssemblyLoadContext context, Type type, params object[] arguments)
    {
        Assembly loaded = context.LoadFromAssemblyPath(type.Assembly.Location);
        return Activator.CreateInstance(loaded.GetType(type.FullName!)!, arguments)!;
    }

    /// <summary>Of the tuple in it the debugging component knows the shared form only: there `hasValue` lies where the object does.</summary>
    internal sealed class Holder(object held)
    {
        public Generic<string> Value = new() { Pair = ("", held, 1) };
    }

    internal struct Generic<T>
    {
        public (T, object, int)? Pair;
    }

    internal sealed class OfThread<T>
    {
        [ThreadStatic]
        private static object? s_first, s_last;

        public OfThread(object held) => (s_first, s_last) = (typeof(T), held);
    }

    internal sealed class Row
    {
        public Four Cells;

        public Row(object held) => Cells[2] = held;
    }

    [InlineArray(4)]
    internal struct Four
    {
        private object _first;
    }
}
