using LifetimeMonitoring.Adapters;

namespace LifetimeMonitoring.Tests.Adapters;

/// <summary>A test whose claim is about types runs alone.</summary>
public sealed class TestGateTests
{
    private readonly TestGate _gate = new(patience: TimeSpan.FromMinutes(5));

    [Fact]
    public async Task Ordinary_tests_run_together()
    {
        using GatePass first = await _gate.EnterAsync(alone: false);
        ValueTask<GatePass> second = _gate.EnterAsync(alone: false);
        Assert.True(second.IsCompleted);
        Assert.False((await second).IsAlone);
    }

    [Fact]
    public async Task A_test_that_asks_to_be_alone_waits_for_all_that_run()
    {
        GatePass first = await _gate.EnterAsync(alone: false), second = await _gate.EnterAsync(alone: false);
        Task<GatePass> alone = _gate.EnterAsync(alone: true).AsTask();
        first.Dispose();
        Assert.False(alone.IsCompleted);
        second.Dispose();
        Assert.True((await alone).IsAlone);
    }

    [Fact]
    public async Task Nobody_enters_while_a_test_is_alone_or_waits_to_be()
    {
        GatePass running = await _gate.EnterAsync(alone: false);
        Task<GatePass> alone = _gate.EnterAsync(alone: true).AsTask(), later = _gate.EnterAsync(alone: false).AsTask();
        Assert.False(later.IsCompleted);
        running.Dispose();
        GatePass pass = await alone;
        Assert.False(later.IsCompleted);
        pass.Dispose();
        Assert.False((await later).IsAlone);
    }

    [Fact]
    public async Task Two_tests_that_ask_to_be_alone_run_one_after_the_other()
    {
        GatePass first = await _gate.EnterAsync(alone: true);
        Task<GatePass> second = _gate.EnterAsync(alone: true).AsTask();
        Assert.False(second.IsCompleted);
        first.Dispose();
        Assert.True((await second).IsAlone);
    }

    [Fact]
    public async Task A_test_that_waited_too_long_runs_beside_the_others_and_knows_it()
    {
        var gate = new TestGate(patience: TimeSpan.FromMilliseconds(20));
        using GatePass running = await gate.EnterAsync(alone: false);
        using GatePass beside = await gate.EnterAsync(alone: true);
        Assert.False(beside.IsAlone);
        using GatePass other = await gate.EnterAsync(alone: false);
    }

    [Fact]
    public async Task A_test_is_no_longer_alone_when_another_one_has_waited_too_long()
    {
        var gate = new TestGate(patience: TimeSpan.FromMilliseconds(20));
        using GatePass alone = await gate.EnterAsync(alone: true);
        Assert.True(alone.IsAlone);
        using (await gate.EnterAsync(alone: false)) Assert.False(alone.IsAlone);
        Assert.False(alone.IsAlone);
    }

    [Fact]
    public async Task A_test_within_a_test_does_not_wait_for_the_outer_one()
    {
        using GatePass outer = await _gate.EnterAsync(alone: true);
        TestGate.Current = outer;
        using (GatePass inner = await _gate.EnterAsync(alone: false)) Assert.True(inner.IsAlone);
        Assert.True(outer.IsAlone);
    }

    [Fact]
    public async Task No_test_is_beside_one_that_is_alone()
    {
        int inside = 0;
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () =>
        {
            bool alone = i % 7 == 0;
            using GatePass pass = await _gate.EnterAsync(alone);
            int others = Interlocked.Increment(ref inside) - 1;
            Assert.True(!alone || others == 0, $"{others} others");
            await Task.Yield();
            Assert.True(!alone || Volatile.Read(ref inside) == 1);
            _ = Interlocked.Decrement(ref inside);
        })));
    }
}
