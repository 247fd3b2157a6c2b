using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

public sealed class LoadContextTests
{
    private static object? s_plugin;
    private static BackgroundWorker s_host = new();

    [Fact]
    public async Task A_context_that_is_used_asynchronously_is_unloaded() => await LifeTimeMonitor.AssertUnloadedAsync(
        NewContext,
        async context =>
        {
            object made = Create(context);
            await Task.Yield();
            GC.KeepAlive(made);
        },
        cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_context_that_is_used_asynchronously_and_held_is_reported()
    {
        var e = await Assert.ThrowsAsync<ObjectNotDeadException>(() => LifeTimeMonitor.AssertUnloadedAsync(
            NewContext,
            async context =>
            {
                await Task.Yield();
                s_plugin = Create(context);
            },
            cancellationToken: TestContext.Current.CancellationToken));
        s_plugin = null;
        Assert.Equal("static field LifetimeMonitoring.Tests.Paths.LoadContextTests.s_plugin", Assert.Single(e.Reports[0].Paths).Root);
    }

    [Fact]
    public void A_context_that_nothing_holds_is_unloaded() => LifeTimeMonitor.AssertUnloaded(NewContext, context => Create(context));

    [Fact]
    public void A_context_is_unloaded_also_where_code_coverage_is_measured()
    {
        // As in our build, which instruments this assembly; the added code waits for the end of the process.
        LifeTimeMonitor.AssertUnloaded(NewContext, context => Create(context, typeof(KnownHolder), "A.b", "reason"));
        var e = Assert.Throws<ObjectNotDeadException>(() =>
            LifeTimeMonitor.AssertUnloaded(
                NewContext,
                context => s_plugin = Create(context, typeof(KnownHolder), "A.b", "reason")));
        s_plugin = null;
        Assert.Equal("static field LifetimeMonitoring.Tests.Paths.LoadContextTests.s_plugin", Assert.Single(e.Reports[0].Paths).Root);
    }

    [Fact]
    public void An_object_that_was_loaded_keeps_its_context()
    {
        var e = Assert.Throws<ObjectNotDeadException>(() =>
            LifeTimeMonitor.AssertUnloaded(NewContext, context => s_plugin = Create(context)));
        s_plugin = null;
        e.Reports[0].Shows("""
              static field LifetimeMonitoring.Tests.Paths.LoadContextTests.s_plugin
              │   LifetimeMonitoring.Tests.Paths.Leaked
              ├─ loader allocator (the type is collectible)
              ╰▶ AssemblyLoadContext "plugin"
            """);
        Assert.Equal(
            "An object of a collectible type, LifetimeMonitoring.Tests.Paths.Leaked, keeps its whole " +
            "AssemblyLoadContext loaded: let go of it first.",
            e.Reports[0].Paths[0].Advice);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_static_handler_that_a_plugin_left_with_its_host_is_named(int handlersBefore)
    {
        for (int i = 0; i < handlersBefore; i++) s_host.Disposed += (_, _) => { };
        var e = Assert.Throws<ObjectNotDeadException>(() =>
            LifeTimeMonitor.AssertUnloaded(NewContext, context => Create(context, typeof(Subscriber), s_host)));
        s_host = new BackgroundWorker();
        e.Reports[0].Shows("""
              static field LifetimeMonitoring.Tests.Paths.LoadContextTests.s_host
              │   BackgroundWorker
              ├─ event Disposed += LoadContextTests.Subscriber.OnDisposed
              ╰▶ AssemblyLoadContext "plugin"
            """);
        Assert.Equal(
            "LoadContextTests.Subscriber.OnDisposed was added to event Disposed of BackgroundWorker and never " +
            "removed: unsubscribe when the AssemblyLoadContext is done.",
            e.Reports[0].Paths[0].Advice);
    }

    [Fact]
    public void A_lambda_that_a_plugin_left_with_its_host_is_named_though_it_captured_nothing()
    {
        var e = Assert.Throws<ObjectNotDeadException>(() =>
            LifeTimeMonitor.AssertUnloaded(NewContext, context => Create(context, typeof(SubscriberByLambda), s_host)));
        s_host = new BackgroundWorker();
        e.Reports[0].Shows("""
              static field LifetimeMonitoring.Tests.Paths.LoadContextTests.s_host
              │   BackgroundWorker
              ├─ event Disposed += lambda in new LoadContextTests.SubscriberByLambda
              │   closure of LoadContextTests.SubscriberByLambda
              ├─ loader allocator (the type is collectible)
              ╰▶ AssemblyLoadContext "plugin"
            """);
        Assert.StartsWith(
            "A lambda in new LoadContextTests.SubscriberByLambda was added to event Disposed of BackgroundWorker",
            e.Reports[0].Paths[0].Advice,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_keeps_its_context()
    {
        var e = Assert.Throws<ObjectNotDeadException>(() =>
            LifeTimeMonitor.AssertUnloaded(NewContext, context => s_plugin = Create(context).GetType().Assembly));
        s_plugin = null;
        e.Reports[0].Shows("""
              static field LifetimeMonitoring.Tests.Paths.LoadContextTests.s_plugin
              │   Assembly
              ├─ loader allocator of the assembly
              ╰▶ AssemblyLoadContext "plugin"
            """);
        Assert.Equal(
            "A collectible Assembly keeps its whole AssemblyLoadContext loaded: let go of it first.",
            e.Reports[0].Paths[0].Advice);
    }

    public static TheoryData<string, Func<Type, object>> Types => new()
    {
        { "[0] / typeof(LifetimeMonitoring.Tests.Paths.Leaked)", type => new List<Type> { type } },
        { "key / typeof(LifetimeMonitoring.Tests.Paths.Leaked)", type => new Dictionary<Type, string> { [type] = "" } },
        { "element / typeof(LifetimeMonitoring.Tests.Paths.Leaked)", type => new HashSet<Type> { type } },
        { "[1] / typeof(LifetimeMonitoring.Tests.Paths.Leaked)", type => new[] { typeof(int), type } },
        { "[0] / typeof(List<Leaked>)", type => new List<Type> { typeof(List<>).MakeGenericType(type) } },
        { "[0] / typeof(LifetimeMonitoring.Tests.Paths.Leaked[])", type => new List<Type> { type.MakeArrayType() } },
        {
            "[0] / MethodInfo of LifetimeMonitoring.Tests.Paths.Leaked",
            type => new List<object> { type.GetMethod(nameof(Leaked.OnHappened))! }
        },
        {
            "[0] / FieldInfo of LifetimeMonitoring.Tests.Paths.Leaked",
            type => new List<object> { type.GetField(nameof(Leaked.Next))! }
        },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void A_Type_that_keeps_its_context_says_which_one_it_is(string expected, Func<Type, object> hold)
    {
        var e = Assert.Throws<ObjectNotDeadException>(() =>
            LifeTimeMonitor.AssertUnloaded(NewContext, context => s_plugin = hold(Create(context).GetType())));
        s_plugin = null;
        PathStep step = e.Reports[0].Paths[0].Steps[1];
        Assert.Equal(expected, $"{step.Reference} / {step.TypeName}");
    }

    [Fact]
    public void Neither_the_Type_nor_the_statics_of_a_plugin_are_roots_when_its_context_is_unloaded()
    {
        // The compiler caches the handler's delegate in a static field of the plugin. The Type has only a weak handle.
        var e = Assert.Throws<ObjectNotDeadException>(() =>
            LifeTimeMonitor.AssertUnloaded(
                NewContext,
                context => s_plugin = Create(context, typeof(Subscriber), new BackgroundWorker())));
        s_plugin = null;
        Assert.Equal("static field LifetimeMonitoring.Tests.Paths.LoadContextTests.s_plugin", Assert.Single(e.Reports[0].Paths).Root);
    }

    [Fact]
    public void A_number_is_not_said_to_hold_an_object()
    {
        LifetimeReport report = CheckHeldBy(typeof(Holder));
        report.Shows("""
              static field LifetimeMonitoring.Tests.Paths.LoadContextTests.s_plugin
              │   LifetimeMonitoring.Tests.Paths.LoadContextTests.Holder
              ├─ Value.Pair
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void An_element_of_an_inline_array_has_its_index_also_in_a_collectible_type()
    {
        LifetimeReport report = CheckHeldBy(typeof(Row));
        report.Shows("""
              static field LifetimeMonitoring.Tests.Paths.LoadContextTests.s_plugin
              │   LifetimeMonitoring.Tests.Paths.LoadContextTests.Row
              ├─ Cells[2]
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void A_thread_static_of_a_collectible_type_is_named_with_its_thread()
    {
        LifetimeReport report = CheckHeldBy(typeof(OfThread<string>));
        Assert.Contains(
            "├─ [ThreadStatic] LifetimeMonitoring.Tests.Paths.LoadContextTests.OfThread<string>.s_last on thread N",
            report.Text(),
            StringComparison.Ordinal);
        Assert.Equal(PathCertainty.Exact, report.Certainty);
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

    /// <summary>
    /// The debugging component has only the shared form of its tuple, with `hasValue` for the object.
    /// </summary>
    internal sealed class Holder(object held)
    {
        public Generic<string> Value = new() { Pair = ("", held, 1) };
    }

    internal sealed class Subscriber
    {
        public Subscriber(BackgroundWorker host) => host.Disposed += OnDisposed;

        private static void OnDisposed(object? sender, EventArgs e) => GC.KeepAlive(e);
    }

    internal sealed class SubscriberByLambda
    {
        public SubscriberByLambda(BackgroundWorker host)
        {
            Action first = () => { };
            first();
            host.Disposed += (_, e) => GC.KeepAlive(e);
        }
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
