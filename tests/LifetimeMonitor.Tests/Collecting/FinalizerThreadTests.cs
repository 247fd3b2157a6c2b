using System.Runtime.CompilerServices;
using LifetimeMonitoring.Collecting;

namespace LifetimeMonitoring.Tests.Collecting;

public sealed class FinalizerThreadTests
{
    private static bool s_wasIn, s_ranLastHandlers;

    [Fact]
    public void A_thread_that_runs_a_finalizer_differs_from_one_that_runs_last_handlers()
    {
        Make();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.True(s_wasIn);
        Assert.False(s_ranLastHandlers);
    }

    [Fact]
    public void No_other_thread_is_taken_for_it_and_the_end_of_the_process_is_not_seen_before_it_begins()
    {
        bool isCurrent = true, runsLastHandlers = true;
        var nameless = new Thread(() =>
        {
            (isCurrent, runsLastHandlers) = (FinalizerThread.IsCurrent, FinalizerThread.RunsLastHandlers);
        })
        { IsBackground = true };
        nameless.Start();
        nameless.Join();
        Assert.Equal((false, false), (isCurrent, runsLastHandlers));
        ProcessEnd.Notice();
        Assert.False(ProcessEnd.HasBegun);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Make() => _ = new Finalizable();

    private sealed class Finalizable
    {
        ~Finalizable()
        {
            (s_wasIn, s_ranLastHandlers) = (FinalizerThread.IsCurrent, FinalizerThread.RunsLastHandlers);
        }
    }
}
