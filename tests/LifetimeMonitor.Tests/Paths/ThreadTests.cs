using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

public sealed class ThreadTests
{
    [Fact]
    public void A_thread_static_of_this_thread_is_named_with_the_thread() => Leak.Check(() => ThreadStatics.Field = new Leaked()).Shows("""
          [ThreadStatic] LifetimeMonitoring.Tests.Paths.ThreadTests.ThreadStatics.Field on thread N (the asserting thread)
          ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
        """);

    [Fact]
    public void A_thread_static_of_a_generic_type_and_a_struct()
    {
        Leak.Check(() => Generic<Leaked>.Field = new Leaked()).Shows("""
              [ThreadStatic] LifetimeMonitoring.Tests.Paths.ThreadTests.Generic<Leaked>.Field on thread N (the asserting thread)
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
        Leak.Check(() => ThreadStatics.Pair.Value = new Leaked()).Shows("""
              [ThreadStatic] LifetimeMonitoring.Tests.Paths.ThreadTests.ThreadStatics.Pair.Value on thread N (the asserting thread)
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void A_thread_static_of_another_thread_is_named_with_that_threads_name()
    {
        using var other = new OtherThread("keeper", static leaked => ThreadStatics.Field = leaked, spin: false);
        other.Monitor.Check().Shows("""
              [ThreadStatic] LifetimeMonitoring.Tests.Paths.ThreadTests.ThreadStatics.Field on thread N "keeper"
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void A_local_of_a_blocked_thread_is_named_with_its_method()
    {
        using var other = new OtherThread("blocked", static _ => { }, spin: false);
        LifetimeReport report = other.Monitor.CheckUntilExact();
        Assert.Equal(LifetimeVerdict.StackOnly, report.Verdict);
        report.Shows("""
              local of ThreadTests.OtherThread.Hold (ThreadTests.cs:N) on thread N "blocked"
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Theory]
    [InlineData(nameof(InCatchBlock))]
    [InlineData(nameof(AfterCatchBlock))]
    [InlineData(nameof(InFilter))]
    [InlineData(nameof(InFinallyBlock))]
    public void A_local_is_named_where_an_exception_was_handled_and_where_one_is_in_flight(string where)
    {
        Action<Action> block = where switch
        {
            nameof(InCatchBlock) => InCatchBlock,
            nameof(AfterCatchBlock) => AfterCatchBlock,
            nameof(InFilter) => InFilter,
            _ => InFinallyBlock,
        };
        using var other = new OtherThread("blocked", static _ => { }, spin: false, block: block);
        other.Monitor.CheckUntilExact().Shows("""
              local of ThreadTests.OtherThread.Hold (ThreadTests.cs:N) on thread N "blocked"
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public async Task A_local_is_named_in_a_test_that_goes_on_inside_a_catch_block_after_an_await()
    {
        // A test run has a synchronization context, which would resume the method on another thread.
        await Task.Run(
            async () =>
            {
                var fail = new TaskCompletionSource();
                Task test = GoesOnAfter(Fails(fail.Task));
                fail.SetResult();
                await test;
            },
            TestContext.Current.CancellationToken);

        static async Task Fails(Task first)
        {
            await first;
            throw new InvalidOperationException("It is caught by who awaits it.");
        }

        static async Task GoesOnAfter(Task failing)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
            Assert.Contains(nameof(AsyncTaskMethodBuilder.SetException), Environment.StackTrace, StringComparison.Ordinal);
            HasALocal();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void HasALocal()
        {
            var leaked = new Leaked();
            new LifeTimeMonitor(leaked).CheckUntilExact().Shows("""
                  local of local function HasALocal in ThreadTests.A_local_is_named_in_a_test_that_goes_on_inside_a_catch_block_after_an_await (ThreadTests.cs:N) on thread N (the asserting thread)
                  ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
                """);
            GC.KeepAlive(leaked);
        }
    }

    [Fact]
    public void A_stack_with_registers_of_an_interrupted_instruction_is_scanned_and_the_path_says_so()
    {
        // The processor meets the null; the runtime records such an exception differently from a thrown one.
        using var other = new OtherThread("blocked", static _ => { }, spin: false, block: wait =>
        {
            string? nothing = null;
            try
            {
                _ = nothing!.Length;
            }
            catch (NullReferenceException)
            {
                wait();
            }
        });
        LifetimeReport report = other.Monitor.Check();
        Assert.Equal(
            """
              stack of thread N "blocked"
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """,
            report.Text());
        Assert.Equal(PathCertainty.Partial, report.Certainty);
    }

    [Fact]
    public void A_local_of_a_running_thread_is_found_and_said_to_be_inferred()
    {
        using var other = new OtherThread("running", static _ => { }, spin: true);
        // A collection stops the thread. On a starved machine it may still be returning; then it is blocked, and named.
        LifetimeReport report = other.Monitor.Check();
        for (int i = 0; i < 10 && report.Certainty == PathCertainty.Exact; i++) report = other.Monitor.Check();
        Assert.Equal(LifetimeVerdict.StackOnly, report.Verdict);
        Assert.Equal(
            """
              stack of thread N "running"
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """,
            report.Text());
        Assert.Equal(PathCertainty.Partial, report.Certainty);
    }

    [Fact]
    public void A_local_at_the_end_of_a_deep_stack_is_named()
    {
        OnAThreadOfItsOwn(() => AtTheEndOf(1500)).Shows("""
              local of local function AtTheEndOf in ThreadTests.A_local_at_the_end_of_a_deep_stack_is_named (ThreadTests.cs:N) on thread N (the asserting thread)
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static LifetimeReport AtTheEndOf(int frames)
        {
            object own = frames == 0 ? new Leaked() : new object();
            LifetimeReport report = frames == 0 ? new LifeTimeMonitor(own).CheckUntilExact() : AtTheEndOf(frames - 1);
            GC.KeepAlive(own);
            return report;
        }
    }

    [Fact]
    public void A_local_of_the_asserting_thread_is_named_with_its_method()
    {
        LifetimeReport report = OnAThreadOfItsOwn(HasALocal);
        Assert.Equal(LifetimeVerdict.StackOnly, report.Verdict);
        report.Shows("""
              local of ThreadTests.HasALocal (ThreadTests.cs:N) on thread N (the asserting thread)
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void An_object_that_only_a_local_of_another_type_leads_to_is_found()
    {
        using var other = new OtherThread("indirect", static _ => { }, spin: false, wrap: static leaked => new Wrapper { Value = leaked });
        other.Monitor.CheckUntilExact().Shows("""
              local of ThreadTests.OtherThread.Hold (ThreadTests.cs:N) on thread N "indirect"
              │   LifetimeMonitoring.Tests.Paths.ThreadTests.Wrapper
              ├─ Value
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    // The test run's own thread may be inside the catch block of an earlier test, with the registers of an interrupted
    // instruction. It is then scanned only.
    private static LifetimeReport OnAThreadOfItsOwn(Func<LifetimeReport> check)
    {
        LifetimeReport? report = null;
        var thread = new Thread(() => report = check());
        thread.Start();
        thread.Join();
        return report!;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifetimeReport HasALocal()
    {
        var leaked = new Leaked();
        LifetimeReport report = new LifeTimeMonitor(leaked).CheckUntilExact();
        GC.KeepAlive(leaked);
        return report;
    }

    private static void InCatchBlock(Action wait)
    {
        try
        {
            throw new InvalidOperationException();
        }
        catch (InvalidOperationException)
        {
            wait();
        }
    }

    private static void AfterCatchBlock(Action wait)
    {
        InCatchBlock(() => { });
        wait();
    }

    private static void InFilter(Action wait)
    {
        try
        {
            throw new InvalidOperationException();
        }
        catch (InvalidOperationException) when (HasWaited())
        {
        }

        bool HasWaited()
        {
            wait();
            return true;
        }
    }

    private static void InFinallyBlock(Action wait)
    {
        try
        {
            try
            {
                throw new InvalidOperationException();
            }
            finally
            {
                wait();
            }
        }
        catch (InvalidOperationException)
        {
        }
    }

    private static class ThreadStatics
    {
        [ThreadStatic]
        public static object? Field;

        [ThreadStatic]
        public static Pair Pair;
    }

    private static class Generic<T>
    {
        [ThreadStatic]
        public static object? Field;
    }

    private struct Pair
    {
        public int Before;
        public object Value;
    }

    private sealed class Wrapper
    {
        public object? Value;
    }

    /// <summary>A thread that holds an object until it is disposed.</summary>
    private sealed class OtherThread : IDisposable
    {
        private readonly ManualResetEventSlim _release = new(initialState: false, spinCount: 0);
        private readonly Thread _thread;
        private volatile LifeTimeMonitor? _monitor;
        private readonly Action<Action> _block;
        private volatile bool _stop;

        public OtherThread(string name, Action<object> hold, bool spin, Func<object, object>? wrap = null, Action<Action>? block = null)
        {
            _block = block ?? (static wait => wait());
            _thread = new Thread(() => Hold(hold, spin, wrap)) { Name = name, IsBackground = true };
            _thread.Start();
            SpinWait.SpinUntil(() => _monitor is not null && (spin || _thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin)));
        }

        public LifeTimeMonitor Monitor => _monitor!;

        public void Dispose()
        {
            _stop = true;
            _release.Set();
            _thread.Join();
            _release.Dispose();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Hold(Action<object> hold, bool spin, Func<object, object>? wrap)
        {
            object held = Make(hold, wrap);
            if (spin) Spin();
            else _block(_release.Wait);
            GC.KeepAlive(held);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private object Make(Action<object> hold, Func<object, object>? wrap)
        {
            var leaked = new Leaked();
            hold(leaked);
            _monitor = new LifeTimeMonitor(leaked);
            return wrap?.Invoke(leaked) ?? leaked;
        }

        private void Spin()
        {
            while (!_stop) Thread.SpinWait(10);
        }
    }
}
