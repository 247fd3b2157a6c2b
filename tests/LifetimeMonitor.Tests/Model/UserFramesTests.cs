namespace LifetimeMonitoring.Tests.Model;

/// <summary>The stack traces of failures: the frames of the test, and no others.</summary>
public sealed class UserFramesTests
{
    private static readonly object s_kept = new();

    [Fact]
    public void A_failed_check_shows_the_line_of_the_test()
    {
        ObjectNotDeadException failure = Assert.Throws<ObjectNotDeadException>(() => Monitor().AssertDead());

        Assert.StartsWith("   at " + typeof(UserFramesTests).FullName, failure.StackTrace, StringComparison.Ordinal);
        Assert.Contains("UserFramesTests.cs:line ", failure.StackTrace!.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_asynchronous_check_shows_the_line_of_the_test()
    {
        ObjectNotDeadException failure = await Assert.ThrowsAsync<ObjectNotDeadException>(Fails);

        Assert.StartsWith(
            $"   at {typeof(UserFramesTests).FullName}.{nameof(Fails)}() in ",
            failure.StackTrace,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_after_the_test_shows_the_line_that_tracked_the_object()
    {
        ObjectNotDeadException failure = Assert.Throws<ObjectNotDeadException>(() => Monitor().AssertDead());
        failure.IsAfterTest = true;

        Assert.Equal("   at Track() in Dialogs.cs:line 12", failure.StackTrace);
    }

    [Fact]
    public void A_failure_that_was_not_thrown_has_no_stack_trace() =>
        Assert.Null(new NothingTrackedException().StackTrace);

    private static LifeTimeMonitor Monitor() =>
        new(s_kept, expression: "kept", member: "Track", filePath: "Dialogs.cs", line: 12);

    private static async Task Fails()
    {
        await Task.Yield();
        await Monitor().AssertDeadAsync();
    }
}
