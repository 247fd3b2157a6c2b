namespace LifetimeMonitoring.Tests.Api;

public sealed class TrackableTests
{
    [Fact]
    public void Null_is_refused_by_name() => Assert.Throws<ArgumentNullException>("target", () => new LifeTimeMonitor(null!));

    [Theory]
    [InlineData(42)]
    [InlineData(DayOfWeek.Monday)]
    [InlineData(true)]
    public void A_boxed_value_is_refused_because_the_box_says_nothing(object boxed)
    {
        var refused = Assert.Throws<ArgumentException>("target", () => new LifeTimeMonitor(boxed));
        Assert.Contains("is a value type: the box you pass is a copy that dies at once and says nothing about your value.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_boxed_tuple_is_refused_too() => Assert.Throws<ArgumentException>("target", () => new LifeTimeMonitor((1, "a")));

    public static TheoryData<object> Immortal => [new object[] { "a literal" }[0], typeof(string)];

    [Theory]
    [MemberData(nameof(Immortal), DisableDiscoveryEnumeration = true)]
    public void An_object_that_can_never_be_collected_is_refused(object immortal)
    {
        var refused = Assert.Throws<ArgumentException>("target", () => new LifeTimeMonitor(immortal));
        Assert.Contains("can never be collected: it lies in the runtime's frozen heap", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_string_made_at_run_time_is_an_object_like_any_other() => LifeTimeMonitor.Track(() => new string('x', 3)).AssertDead();

    [Fact]
    public void A_factory_that_returns_null_is_refused()
    {
        var refused = Assert.Throws<ArgumentException>("create", () => LifeTimeMonitor.Track<object>(() => null!));
        Assert.StartsWith("The factory returned null: there is no object to track.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_factory_that_returns_a_task_is_told_of_TrackAsync()
    {
        var refused = Assert.Throws<ArgumentException>("create", () => LifeTimeMonitor.Track(async () =>
        {
            await Task.Yield();
            return new object();
        }));
        Assert.Contains("await LifeTimeMonitor.TrackAsync(…) instead", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_use_that_is_async_is_told_of_TrackAsync_before_anything_is_made()
    {
        bool wasMade = false;
        var refused = Assert.Throws<ArgumentException>("use", () => LifeTimeMonitor.Track(
            () =>
            {
                wasMade = true;
                return new object();
            },
            async _ => await Task.Yield()));
        Assert.Contains("await LifeTimeMonitor.TrackAsync(…) instead", refused.Message, StringComparison.Ordinal);
        Assert.False(wasMade);
    }

    [Fact]
    public void Options_that_mean_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LifetimeOptions { TimeBudget = TimeSpan.Zero });
        Assert.StartsWith(
            "A search needs memory: MemoryBudget is in bytes and must be 1 MB (1 << 20) or more; for verdicts without paths give an empty list of Snapshots.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new LifetimeOptions { MemoryBudget = (1 << 20) - 1 }).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LifetimeOptions { Patience = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentException>(() => new LifetimeOptions { Snapshots = [SnapshotKind.None] });
        Assert.Throws<ArgumentNullException>(() => LifetimeOptions.Default = null!);
    }
}
