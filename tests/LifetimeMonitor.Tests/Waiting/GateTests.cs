namespace LifetimeMonitoring.Tests.Waiting;

public sealed class GateTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(2);
    private readonly Gate _gate = new();

    [Fact]
    public void A_condition_that_comes_to_hold_ends_the_wait()
    {
        bool holds = false;
        var other = new Thread(() =>
        {
            Thread.Sleep(s_short);
            using (_gate.Enter()) holds = true;
            _gate.Wake();
        });
        other.Start();
        using (_gate.Enter()) Assert.True(_gate.Wait(() => holds, s_long, TestContext.Current.CancellationToken));
        other.Join();
    }

    [Fact]
    public void A_condition_that_never_holds_is_waited_for_within_the_limit()
    {
        using (_gate.Enter()) Assert.False(_gate.Wait(() => false, s_short, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_token_ends_the_wait_from_any_thread()
    {
        using var cancel = new CancellationTokenSource();
        var other = new Thread(cancel.Cancel);
        other.Start();
        using (_gate.Enter()) Assert.ThrowsAny<OperationCanceledException>(() => _gate.Wait(() => false, s_long, cancel.Token));
        other.Join();
    }

    [Fact]
    public void An_interruption_does_not_end_the_wait_and_is_pending_after_it()
    {
        bool holds = false, wasThrown = false, isWorthIt = false;
        var waiting = new Thread(() =>
        {
            using (_gate.Enter()) isWorthIt = _gate.Wait(() => holds, s_long);
            wasThrown = IsInterrupted();
        });
        waiting.Start();
        for (int i = 0; i < 3; i++)
        {
            Assert.True(SpinWait.SpinUntil(() => waiting.ThreadState.HasFlag(ThreadState.WaitSleepJoin), s_long));
            waiting.Interrupt();
            Thread.Sleep(s_short);
        }

        using (_gate.Enter()) holds = true;
        _gate.Wake();
        Assert.True(waiting.Join(s_long));
        Assert.Equal((true, true), (isWorthIt, wasThrown));
    }

    [Fact]
    public void Postponed_work_waits_for_the_end_of_the_outermost_section()
    {
        bool wasThrownInside = true, wasThrownAfter = false;
        var waiting = new Thread(() =>
        {
            using (Interruption.PutOff())
            {
                Thread.CurrentThread.Interrupt();
                using (Interruption.PutOff()) Gate.Pause(s_short, CancellationToken.None);
                wasThrownInside = IsInterrupted();
            }

            wasThrownAfter = IsInterrupted();
        });
        waiting.Start();
        waiting.Join();
        Assert.Equal((false, true), (wasThrownInside, wasThrownAfter));
    }

    private static bool IsInterrupted()
    {
        try
        {
            Thread.Sleep(1);
            return false;
        }
        catch (ThreadInterruptedException)
        {
            return true;
        }
    }
}
