using System.Runtime.CompilerServices;
using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Collecting;

public sealed class EscalationTests
{
    private static object? s_held;

    [Fact]
    public void A_fresh_object_costs_a_collection_of_its_own_generation_only()
    {
        var escalation = new Escalation([Make()], new LifetimeOptions());
        escalation.Run();
        // Another test may have run the first collection.
        for (int i = 0; i < 20 && escalation.Steps.Count == 0; i++) (escalation = new Escalation([Make()], new LifetimeOptions())).Run();
        CollectionStep step = Assert.Single(escalation.Steps);
        Assert.Equal((CollectionStepKind.OwnGeneration, true), (step.Kind, step.IsProven));
    }

    [Fact]
    public void An_object_that_is_dead_already_costs_nothing()
    {
        WeakTarget target = Make();
        GC.Collect();
        var escalation = new Escalation([target], new LifetimeOptions());
        escalation.Run();
        Assert.Empty(escalation.Steps);
    }

    [Fact]
    public void A_long_patience_has_any_number_of_pauses()
    {
        var pause = TimeSpan.FromMilliseconds(1);
        for (int i = 0; i < 1000; i++) pause = Escalation.After(pause);
        Assert.Equal(TimeSpan.FromMilliseconds(200), pause);
    }

    [Fact]
    public void An_object_that_lives_is_accused_after_two_full_collections_and_the_finalizers()
    {
        var escalation = new Escalation([MakeHeld()], new LifetimeOptions());
        escalation.Run();
        // If other tests have left objects to finalize, the last two steps repeat.
        CollectionStep[] steps = [.. escalation.Steps.Take(4)];
        Assert.Equal(
            [CollectionStepKind.OwnGeneration, CollectionStepKind.Full, CollectionStepKind.Finalizers, CollectionStepKind.Full],
            steps.Select(s => s.Kind));
        Assert.All(escalation.Steps, s => Assert.True(s.IsProven));
        Assert.Equal([null, true, null, true], steps.Select(s => s.SentinelDied));
        Assert.Null(escalation.NotProven);
    }

    [Fact]
    public void An_object_that_a_finalizer_lets_go_of_is_dead_after_the_finalizers()
    {
        var escalation = new Escalation([MakeHeldByFinalizable()], new LifetimeOptions { TrackResurrection = true });
        escalation.Run();
        Assert.True(escalation.AllDeadAfterAnotherLook());
    }

    [Theory]
    [InlineData(4, 10, false)]
    [InlineData(10_000, 1, true)]
    public void A_chain_of_finalizers_is_dead_after_as_many_rounds_and_not_after_one(int steps, int rounds, bool lives)
    {
        // As in a load context, whose parts are finalized one by one. Collections of other tests count as steps.
        WeakTarget target = MakeHeldBySteps(steps);
        new Escalation([target], new LifetimeOptions { TrackResurrection = true }, rounds).Run();
        Assert.Equal(lives, target.IsAlive(trackResurrection: true));
    }

    [Fact]
    public void An_object_in_an_old_generation_is_collected_there()
    {
        WeakTarget target = MakeOld();
        var escalation = new Escalation([target], new LifetimeOptions());
        escalation.Run();
        Assert.False(target.IsAlive(trackResurrection: false));
        Assert.Equal(CollectionStepKind.Full, escalation.Steps[0].Kind);
    }

    [Fact]
    public void Patience_waits_for_an_object_that_is_let_go_of_a_little_later()
    {
        WeakTarget target = MakeHeldFor(TimeSpan.FromMilliseconds(50));
        var escalation = new Escalation([target], new LifetimeOptions { Patience = TimeSpan.FromSeconds(20) });
        escalation.Run();
        Assert.False(target.IsAlive(trackResurrection: false));
    }

    [Fact]
    public void Beside_its_caller_it_is_cancelled_at_once()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var escalation = new Escalation([MakeHeld()], new LifetimeOptions());
        var caller = new CallerContext(call: null);
        Assert.ThrowsAny<OperationCanceledException>(() => escalation.RunBeside(caller, TimeSpan.FromMinutes(1), cancelled.Token));
    }

    [Fact]
    public void The_callback_is_called_before_each_round()
    {
        int calls = 0;
        new Escalation([MakeHeld()], new LifetimeOptions { BeforeCollect = () => calls++ }).Run();
        Assert.Equal(1, calls);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakTarget Make() => new(new object());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakTarget MakeHeld()
    {
        object held = new();
        s_held = new[] { s_held, held };
        return new WeakTarget(held);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakTarget MakeOld()
    {
        object old = new();
        GC.Collect();
        GC.Collect();
        return new WeakTarget(old);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakTarget MakeHeldByFinalizable()
    {
        var finalizable = new Finalizable { Value = new object() };
        return new WeakTarget(finalizable.Value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakTarget MakeHeldBySteps(int steps)
    {
        var step = new Step(steps, new object());
        return new WeakTarget(step.Held);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakTarget MakeHeldFor(TimeSpan time)
    {
        object held = new();
        var thread = new Thread(() => Hold(held, time));
        thread.Start();
        return new WeakTarget(held);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hold(object held, TimeSpan time)
    {
        Thread.Sleep(time);
        GC.KeepAlive(held);
    }

    private sealed class Step(int left, object held)
    {
        public object Held => held;

        ~Step()
        {
            if (left > 1) _ = new Step(left - 1, held);
        }
    }

    private sealed class Finalizable
    {
        public object? Value;

        ~Finalizable() => Value = null;
    }
}
