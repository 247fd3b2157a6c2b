using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Tests.Paths;

namespace LifetimeMonitoring.Tests.Blame;

/// <summary>The advice for holders that the runtime or the test itself has, and for those of the program.</summary>
public sealed class AdviceTests
{
    private static readonly AsyncLocal<object?> s_current = new();
    private static readonly Changing s_changing = new();
    private static Timer? s_timer;
    private static Dialog?[] s_slots = new Dialog?[3];
    private static Slots s_own = new();
    private readonly Service _service = new();

    [Fact]
    public void An_element_of_a_local_is_the_suspect_and_not_the_local()
    {
        var service = new Service();
        LifetimeReport report = CheckUntilExact(() => service.Open.Add(new Dialog(service)), service);
        Assert.Equal("[0]", report.Paths[0].Suspect?.Reference);
        Assert.Equal(
            "An element was added to Open of Service and never removed: remove it when the Dialog is done.",
            report.Paths[0].Advice);
        Assert.Contains("is still alive: only variables of running methods lead to it.", report.ToString(), StringComparison.Ordinal);
        GC.KeepAlive(service);
    }

    [Theory]
    [InlineData(false, "[2] of _all of Slots still refers to it: set it to null when the Dialog is done.")]
    [InlineData(true, "[2] of static field LifetimeMonitoring.Tests.Blame.AdviceTests.s_slots still refers to it: set it to null when the Dialog is done.")]
    public void An_element_of_an_array_is_set_to_null(bool isStatic, string advice)
    {
        LifetimeReport report = Leak.Check(() => isStatic ? s_slots[2] = new Dialog(new Service()) : s_own.Push(new Dialog(new Service())));
        (s_slots, s_own) = (new Dialog?[3], new Slots());
        Assert.Equal(advice, report.Paths[0].Advice);
    }

    [Fact]
    public void A_field_of_a_local_is_to_blame_and_not_the_local()
    {
        var service = new Service();
        LifetimeReport report = CheckUntilExact(() => service.Current = new Dialog(service), service);
        Assert.Equal("Current", report.Paths[0].Suspect?.Reference);
        Assert.Equal(
            "Current of Service still refers to it: let go of it when the Dialog is done.",
            report.Paths[0].Advice);
        GC.KeepAlive(service);
    }

    [Fact]
    public void A_field_of_an_object_that_the_test_class_keeps_is_the_suspect()
    {
        LifetimeReport report = CheckUntilExact(() => _service.Current = new Dialog(_service), _service);
        Assert.Equal("Current", report.Paths[0].Suspect?.Reference);
        Assert.StartsWith("Current of Service still refers to it:", report.Paths[0].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_of_an_object_that_an_async_test_keeps_is_the_suspect()
    {
        var service = new Service();
        await Task.Yield();
        LifeTimeMonitor monitor = Track(() => service.Current = new Dialog(service), service);
        LifetimeReport report = await monitor.CheckUntilExactAsync(TestContext.Current.CancellationToken);
        Assert.Equal("Current", report.Paths[0].Suspect?.Reference);
        Assert.StartsWith("Current of Service still refers to it:", report.Paths[0].Advice, StringComparison.Ordinal);
        GC.KeepAlive(service);
    }

    [Fact]
    public async Task A_check_inside_a_continuation_is_said_to_be_one()
    {
        LifeTimeMonitor? monitor = null;
        await Begin(m => monitor = m);
        LifetimeReport report = monitor!.CheckUntilExact();
        Assert.True(report.Verdict == LifetimeVerdict.StackOnly, report.ToString());
        // In optimized code the frame may hold the closure itself.
        string advice = report.Paths[0].Advice ?? "";
        Assert.True(
            advice.StartsWith("The check runs inside a continuation of async ", StringComparison.Ordinal)
                || advice.Contains("which has not returned yet", StringComparison.Ordinal),
            report.ToString());
        // The advice.
        await monitor!.AssertDeadAsync(cancellationToken: TestContext.Current.CancellationToken);

        static Task Begin(Action<LifeTimeMonitor> give)
        {
            var leaked = new Leaked();
            give(new LifeTimeMonitor(leaked));
            return new Lazy<Task>(
                async () =>
                {
                    await Task.Delay(5);
                    GC.KeepAlive(leaked);
                }).Value;
        }
    }

    [Fact]
    public void A_timer_that_leads_to_the_object_by_its_state_is_disposed()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_timer = new Timer(_ => { }, leaked, TimeSpan.FromDays(1), TimeSpan.FromDays(1));
            return leaked;
        });
        s_timer!.Dispose();
        s_timer = null;
        Assert.Equal(
            "The timer was not disposed, and its state leads to the Leaked: dispose it when the Leaked is done.",
            report.Paths[0].Advice);
    }

    [Fact]
    public void A_value_that_was_set_to_null_is_kept_by_the_context_that_a_timer_captured()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_current.Value = leaked;
            s_timer = new Timer(OnTick, state: null, TimeSpan.FromDays(1), TimeSpan.FromDays(1));
            s_current.Value = null;
            return leaked;
        });
        s_timer!.Dispose();
        s_timer = null;
        Assert.Equal(
            "The execution context that the timer for AdviceTests.OnTick captured keeps an AsyncLocal value, also when "
            + "that is set to null later: dispose the timer and let go of it, or start it under "
            + "ExecutionContext.SuppressFlow().",
            Short(report.Paths[0].Advice));
    }

    [Fact]
    public void Nobody_can_set_a_loaded_assembly_to_null()
    {
        LifetimeReport report = Leak.Check(() => DispatchProxy.Create<IProxied, Proxy>().GetType().Assembly);
        Assert.Equal("loaded assembly", report.Paths[0].Root);
        Assert.All(report.Paths, p => Assert.DoesNotContain("null", p.Advice ?? "", StringComparison.Ordinal));
        Assert.StartsWith("The runtime keeps an assembly as long as", report.Paths[0].Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_synchronization_context_is_replaced()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        LifetimeReport report = Leak.Check(() =>
        {
            var context = new Context();
            SynchronizationContext.SetSynchronizationContext(context);
            return context;
        });
        SynchronizationContext.SetSynchronizationContext(before);
        Assert.Equal("SynchronizationContext", report.Paths[0].Suspect?.Reference);
        Assert.Equal(
            "A thread keeps its SynchronizationContext until another one is set: call "
            + "SynchronizationContext.SetSynchronizationContext(null) on that thread when the Context is done.",
            report.Paths[0].Advice);
    }

    [Fact]
    public void A_handler_in_a_list_of_the_events_own_accessors_is_unsubscribed()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_changing.Changed += leaked.OnHappened;
            return leaked;
        });
        Assert.Equal(
            "Leaked.OnHappened was added to event Changed of Changing and never removed: unsubscribe when the Leaked "
            + "is done.",
            report.Paths[0].Advice);
    }

    [Fact]
    public void A_handle_is_freed_also_where_it_only_leads_to_the_object()
    {
        GCHandle handle = default;
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            handle = GCHandle.Alloc(new Leaked { Next = leaked });
            return leaked;
        });
        handle.Free();
        Assert.Equal(
            "A GCHandle holds the Leaked until it is freed: call Free when the Leaked is done.",
            report.Paths[0].Advice);
    }

    [Fact]
    public void A_local_of_another_thread_is_said_to_be_one()
    {
        using var release = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() =>
        {
            var leaked = new Leaked();
            new Thread(() => Hold(leaked, begun, release)) { IsBackground = true }.Start();
            return leaked;
        });
        begun.Wait(TestContext.Current.CancellationToken);
        LifetimeReport report = monitor.CheckUntilExact();
        release.Set();
        Assert.True(
            report.Paths[0].Advice?.Contains("which another thread still runs: let that method end,", StringComparison.Ordinal) == true,
            report.ToString());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifetimeReport CheckUntilExact(Action open, Service service) => Track(open, service).CheckUntilExact();

    private static LifeTimeMonitor Track(Action open, Service service) => LifeTimeMonitor.Track(() =>
    {
        open();
        return service.Current ?? service.Open[0];
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hold(Leaked leaked, ManualResetEventSlim begun, ManualResetEventSlim release)
    {
        begun.Set();
        release.Wait();
        GC.KeepAlive(leaked);
    }

    private static string? Short(string? advice) => advice?.Replace("LifetimeMonitoring.Tests.Blame.", "", StringComparison.Ordinal);

    private static void OnTick(object? state) => GC.KeepAlive(state);

    public interface IProxied
    {
        void Act();
    }

    public class Proxy : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
    }

    private sealed class Context : SynchronizationContext;

    private sealed class Slots
    {
        private readonly Dialog?[] _all = new Dialog?[3];

        public Dialog Push(Dialog dialog) => _all[2] = dialog;
    }

    private sealed class Service
    {
        public List<Dialog> Open { get; } = [];

        public Dialog? Current;
    }

    private sealed class Dialog(Service service)
    {
        public Service Service => service;
    }

    private sealed class Changing
    {
        private readonly List<EventHandler> _handlers = [];

        public event EventHandler Changed
        {
            add => _handlers.Add(value);
            remove => _handlers.Remove(value);
        }
    }
}
