namespace LifetimeMonitoring.Specimens;

/// <summary>The stack traces of failures: editors and build servers show the line of the first frame.</summary>
/// <param name="run">Has tests that leak, and assertions that fail.</param>
public abstract class StackTraceTests(SpecimenRun run)
{
    [Fact]
    public void No_failure_has_a_frame_of_this_library()
    {
        SpecimenResult[] failures =
        [
            .. run.All.Where(r => r.Message.Contains(" is still alive", StringComparison.Ordinal)),
        ];

        Assert.NotEmpty(failures);
        Assert.All(
            failures,
            r => Assert.DoesNotContain("at LifetimeMonitoring.", r.StackTrace, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("OnMethods.A_static_field_holds_it")]
    [InlineData("Asynchronous.A_static_field_holds_it")]
    public void A_leak_is_shown_at_the_line_that_tracked_the_object(string test)
    {
        SpecimenResult result = run[test];

        string frame = Assert.Single(result.StackTrace.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.EndsWith("Suspect.cs:line 14", frame, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assertion_is_shown_at_its_own_line() => Assert.Contains(
        "Assertions.A_static_field_holds_it() in ",
        run["Assertions.A_static_field_holds_it"].StackTrace.TrimStart().Split('\n')[0],
        StringComparison.Ordinal);
}
