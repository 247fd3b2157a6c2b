namespace LifetimeMonitoring.NUnit.Tests;

/// <summary>The constraint in NUnit's own runner.</summary>
public sealed class RunnerTests(NUnitSpecimen run)
{
    private const string KeptByAStatic = "\n  static field NUnit.Specimen.Suspect.s_kept  ";

    [Theory]
    [InlineData("Monitors.It_is_dead")]
    [InlineData("Monitors.The_target_of_a_weak_reference_is_dead")]
    [InlineData("Monitors.The_target_of_a_generic_weak_reference_is_dead")]
    [InlineData("Delegates.It_is_dead")]
    [InlineData("Delegates.It_is_dead_by_a_method_group")]
    [InlineData("Delegates.Asynchronously_it_is_dead")]
    [InlineData("Delegates.Awaited_it_is_dead")]
    [InlineData("Delegates.Awaited_it_is_dead_at_once")]
    [InlineData("SingleThreadedDelegates.Asynchronously_it_is_dead")]
    [InlineData("Expressions.Not_of_one_that_lives")]
    [InlineData("Expressions.And_of_one_that_is_dead")]
    [InlineData("Expressions.All_of_some_that_are_dead")]
    [InlineData("Expressions.After_a_while_it_is_dead")]
    [InlineData("Expressions.While_the_assertion_waits_it_dies")]
    public void An_expression_as_expected_passes(string test) => Assert.Equal(("Passed", ""), (run[test].Outcome, run[test].Message));

    [Theory]
    [InlineData("Monitors.A_static_field_holds_it", "(Suspect.Kept(), Is.Collected)")]
    [InlineData("Monitors.A_static_field_holds_it_in_older_words", "(Suspect.Kept(), Collected.Constraint)")]
    [InlineData("Monitors.A_static_field_holds_the_target_of_a_weak_reference", "(Weak(Suspect.MakeAndKeep), Is.Collected)")]
    [InlineData("Monitors.A_static_field_holds_the_target_of_a_generic_weak_reference", "(Generic(Suspect.MakeAndKeep), Is.Collected)")]
    [InlineData("Delegates.A_static_field_holds_it", "(() => Suspect.MakeAndKeep(), Is.Collected)")]
    [InlineData("Delegates.A_monitor_is_returned", "(() => Suspect.Kept(), Is.Collected)")]
    [InlineData("Delegates.Asynchronously_a_static_field_holds_it", "(async () => await Suspect.MakeAndKeepAsync(), Is.Collected)")]
    [InlineData("Delegates.Awaited_a_static_field_holds_it", "(Suspect.MakeAndKeepAsync, Is.Collected)")]
    [InlineData(
        "SingleThreadedDelegates.Asynchronously_a_static_field_holds_it",
        "(async () => await Suspect.MakeAndKeepAsync(), Is.Collected)")]
    public void A_leak_fails_with_the_assertion_and_the_report(string test, string assertion)
    {
        SpecimenResult result = run[test];

        Assert.Equal("Failed", result.Outcome);
        Assert.StartsWith($"  Assert.That{assertion}\nSuspect is still alive", result.Message, StringComparison.Ordinal);
        AssertShowsThePathOnce(result);
    }

    [Theory]
    [InlineData("Expressions.And_of_one_that_lives", "  Expected: not null and collected; this one is not:\n")]
    [InlineData("Expressions.And_of_one_that_lives_in_older_words", "  But was:  alive\n")]
    [InlineData("Expressions.All_of_some_of_which_one_lives", "  Expected: all items collected; this one is not:\n")]
    [InlineData("Expressions.After_a_while_it_lives", "  After 10 milliseconds delay\n")]
    public void Within_an_expression_a_leak_fails_with_the_report_too(string test, string before)
    {
        SpecimenResult result = run[test];

        Assert.Equal("Failed", result.Outcome);
        Assert.Contains(before + Expect.Headline, result.Message, StringComparison.Ordinal);
        AssertShowsThePathOnce(result);
    }

    [Fact]
    public void All_names_the_item_that_lives() =>
        Assert.Contains(
            "  First non-matching item at index [1]:  <NUnit.Specimen.Suspect (tracked as ",
            run["Expressions.All_of_some_of_which_one_lives"].Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Expressions.Not_of_one_that_is_dead")]
    [InlineData("Expressions.Not_of_one_that_is_dead_in_older_words")]
    public void Not_of_a_dead_one_says_that_it_is_dead(string test)
    {
        SpecimenResult result = run[test];

        Assert.Equal("Failed", result.Outcome);
        Assert.Matches(
            @"\n  Expected: not collected\n  But was:  <NUnit\.Specimen\.Suspect \(tracked as .+\) is dead\. .+>\n$",
            result.Message);
    }

    // NUnit prints the properties of an exception below its message.
    [Fact]
    public void The_report_is_shown_once_when_no_constraint_asks()
    {
        SpecimenResult result = run["Monitors.A_static_field_holds_it_and_no_constraint_asks"];

        Assert.StartsWith(
            "LifetimeMonitoring.ObjectNotDeadException : " + Expect.Headline,
            result.Message,
            StringComparison.Ordinal);
        Assert.Equal(2, result.Message.Split("is still alive").Length);
        Assert.EndsWith("\n  Reports: 1, in the message above", result.Message.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_captured_local_holds_its_object()
    {
        SpecimenResult result = run["Delegates.A_captured_local_holds_it"];

        Assert.Equal("Failed", result.Outcome);
        Assert.Contains("Suspect is still alive", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Monitors.An_object_itself_is_refused")]
    [InlineData("Expressions.Not_of_an_object_made_by_a_delegate_is_refused")]
    public void An_object_itself_is_refused_with_advice(string test)
    {
        SpecimenResult result = run[test];

        Assert.Equal("Failed", result.Outcome);
        Assert.StartsWith(
            "System.ArgumentException : Is.Collected cannot be asked of the Suspect itself",
            result.Message,
            StringComparison.Ordinal);
        Assert.Contains("LifeTimeMonitor.Track(", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_brings_nothing_is_refused() =>
        Assert.StartsWith("System.ArgumentException : ", run["Delegates.Awaited_nothing_is_brought"].Message, StringComparison.Ordinal);

    private static void AssertShowsThePathOnce(SpecimenResult result)
    {
        // A failure here shows the whole report; its last line has the error.
        Assert.True(result.Message.Split(KeptByAStatic).Length == 2, result.Message);
        Assert.True(result.Message.Contains("\n  Path: exact.", StringComparison.Ordinal), result.Message);
    }
}
