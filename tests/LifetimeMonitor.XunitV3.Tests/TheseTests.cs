[assembly: LifetimeMonitoring.XunitV3.MustBeCollected]

namespace LifetimeMonitoring.XunitV3.Tests;

/// <summary>
/// The attribute in this run: on the assembly, on a class and on a method at once, and the fixture twice.
/// </summary>
[MustBeCollected]
public sealed class TheseTests : IClassFixture<LifetimeFixture>
{
    private readonly object _field = LifetimeScope.Track(new object());

    [Fact, MustBeCollected]
    public void The_scope_is_open_before_the_class_is_constructed()
    {
        Assert.NotNull(_field);
        Assert.Equal(1, LifetimeScope.Current!.TrackedCount);
    }

    [Fact]
    public async Task The_scope_is_still_current_after_an_await()
    {
        await Task.Yield();
        _ = LifetimeScope.Track(this);
        Assert.Equal(2, LifetimeScope.Current!.TrackedCount);
    }
}
