using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

public sealed class DelegateTests
{
    private static Action? s_action;
    private static Timer? s_timer;
    private static Task? s_task;

    [Fact]
    public void A_captured_variable_is_held_by_the_closure_of_its_lambda()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_action = () => leaked.OnHappened(null, EventArgs.Empty);
            return leaked;
        });
        report.Shows("""
              static field LifetimeMonitoring.Tests.Paths.DelegateTests.s_action = lambda in DelegateTests.A_captured_variable_is_held_by_the_closure_of_its_lambda
              │   closure of DelegateTests.A_captured_variable_is_held_by_the_closure_of_its_lambda
              ├─ captured variable 'leaked' in DelegateTests.A_captured_variable_is_held_by_the_closure_of_its_lambda
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void A_timer_holds_the_target_of_its_callback()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Ticking();
            s_timer = new Timer(leaked.OnTick, null, TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan);
            return leaked;
        });
        // The static field and the queue of timers are equally near.
        Assert.EndsWith(
            """
              │   timer (due after 1 d)
              ├─ callback = DelegateTests.Ticking.OnTick
              ╰▶ LifetimeMonitoring.Tests.Paths.DelegateTests.Ticking
            """,
            report.Text(),
            StringComparison.Ordinal);
        s_timer!.Dispose();
    }

    [Fact]
    public void A_timer_that_nobody_holds_is_held_by_the_timer_queue()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Ticking();
            leaked.Start();
            return leaked;
        });
        Assert.Equal(LifetimeVerdict.Retained, report.Verdict);
        Assert.StartsWith(
            "  timer queue of the runtime\n  │   timer (due after 1 d, every 1 d)\n",
            report.Text(),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "├─ callback = DelegateTests.Ticking.OnTick\n  ╰▶ LifetimeMonitoring.Tests.Paths.DelegateTests.Ticking",
            report.Text(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_async_method_that_never_completes_holds_its_locals_while_its_task_is_held()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_task = WaitForEver(leaked);
            return leaked;
        });
        Assert.Equal(LifetimeVerdict.Retained, report.Verdict);
        // Optimized, the state machine is a struct in its box; unoptimized, it is an object. The report is the same.
        report.Shows("""
              static field LifetimeMonitoring.Tests.Paths.DelegateTests.s_task
              │   async DelegateTests.WaitForEver
              ├─ parameter 'leaked' of async DelegateTests.WaitForEver, awaiting at DelegateTests.cs:N
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    private static async Task WaitForEver(Leaked leaked)
    {
        await new TaskCompletionSource().Task.ConfigureAwait(false);
        leaked.OnHappened(null, EventArgs.Empty);
    }

    private sealed class Ticking
    {
        public void OnTick(object? state) => _ = state;

        // Without a state, the timer's state is the timer itself: the queue then holds it.
        public void Start() => _ = new Timer(OnTick).Change(TimeSpan.FromDays(1), TimeSpan.FromDays(1));
    }
}
