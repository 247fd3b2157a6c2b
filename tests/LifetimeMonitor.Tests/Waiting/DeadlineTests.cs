using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Waiting;

public sealed class DeadlineTests
{
    private static object? s_held;

    [Fact]
    public void Time_that_was_used_before_counts() =>
        Assert.InRange(
            new Deadline(TimeSpan.FromHours(2), used: TimeSpan.FromHours(1)).Left,
            TimeSpan.FromMinutes(30),
            TimeSpan.FromHours(1));

    [Fact]
    public void When_it_has_passed_nothing_is_left() =>
        Assert.Equal(TimeSpan.Zero, new Deadline(TimeSpan.FromSeconds(1), used: TimeSpan.FromSeconds(2)).Left);

    [Fact]
    public void Nothing_is_too_long_for_a_wait()
    {
        using var never = new ManualResetEventSlim(initialState: true);
        Assert.True(never.Wait(new Deadline(TimeSpan.MaxValue).Left, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_check_without_any_limit_finds_its_path()
    {
        LifetimeReport report = Paths.Leak.Check(() => s_held = new Paths.Leaked(), new LifetimeOptions { TimeBudget = TimeSpan.MaxValue });
        Assert.Equal(PathCertainty.Exact, report.Certainty);
    }
}
