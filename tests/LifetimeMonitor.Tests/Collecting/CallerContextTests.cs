using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Diagnosis;

namespace LifetimeMonitoring.Tests.Collecting;

public sealed class CallerContextTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(2);
    private static readonly AsyncLocal<string?> s_ambient = new();

    [Fact]
    public void The_first_turn_is_given_in_any_case_and_a_later_one_to_call_something()
    {
        var context = new Recording();
        CallerContext caller = On(context, call: null);
        caller.Call(call: null, s_long, TestContext.Current.CancellationToken);
        caller.Call(call: null, s_long, TestContext.Current.CancellationToken);
        Assert.Equal(1, context.Turns);
        int calls = 0;
        caller.Call(() => calls++, s_long, TestContext.Current.CancellationToken);
        Assert.Equal((2, 1), (context.Turns, calls));
        Assert.Null(ContextNote.Of(caller));
    }

    [Fact]
    public void A_context_that_does_not_run_gets_no_other_turn_and_is_reported()
    {
        var context = new Recording { IsDeaf = true };
        int calls = 0;
        CallerContext caller = On(context, () => calls++);
        for (int i = 0; i < 3; i++) caller.Call(() => calls++, s_short, TestContext.Current.CancellationToken);
        Assert.Equal((1, 0), (context.Turns, calls));
        Assert.True(caller.StalledFor >= s_short);
        Assert.Contains("ran nothing within", ContextNote.Of(caller), StringComparison.Ordinal);
        Assert.Contains("BeforeCollect was called for the first look only", ContextNote.Of(caller), StringComparison.Ordinal);
        // A late callback calls nothing.
        context.Late!();
        Assert.Equal(0, calls);
    }

    [Fact]
    public void The_callback_sees_the_ambient_values_of_the_place_where_the_check_began()
    {
        s_ambient.Value = "here";
        CallerContext caller = On(new Recording(), call: null);
        caller.Call(call: null, s_long, TestContext.Current.CancellationToken);
        string? seen = null;
        var thread = new Thread(() => caller.Call(() => seen = s_ambient.Value, s_long, CancellationToken.None));
        thread.UnsafeStart();
        thread.Join();
        Assert.Equal("here", seen);
    }

    [Fact]
    public void An_exception_of_the_callback_is_thrown_on()
    {
        Action call = () => throw new InvalidOperationException("not drained");
        CallerContext caller = On(new Recording(), call);
        var thrown = Assert.Throws<InvalidOperationException>(() => caller.Call(call, s_long, TestContext.Current.CancellationToken));
        Assert.Equal("not drained", thrown.Message);
    }

    [Fact]
    public void The_asserting_thread_is_that_of_the_last_turn()
    {
        bool isOfPool = false;
        int thread = 0;
        Action call = () => (isOfPool, thread) = (Thread.CurrentThread.IsThreadPoolThread, Environment.CurrentManagedThreadId);
        CallerContext caller = On(context: null, call);
        Assert.Equal(Environment.CurrentManagedThreadId, caller.ThreadId);
        caller.Call(call, s_long, TestContext.Current.CancellationToken);
        Assert.Equal((true, thread), (isOfPool, caller.ThreadId));
    }

    private static CallerContext On(SynchronizationContext? context, Action? call)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            return new CallerContext(call);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class Recording : SynchronizationContext
    {
        public int Turns { get; private set; }

        public bool IsDeaf { get; init; }

        public Action? Late { get; private set; }

        public override void Post(SendOrPostCallback d, object? state)
        {
            Turns++;
            Late = () => d(state);
            if (!IsDeaf) Late();
        }
    }
}
