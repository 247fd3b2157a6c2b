namespace LifetimeMonitoring.TUnit.Tests;

/// <summary>The message of a test when an object outlives it.</summary>
public sealed class LeakTests(OrdinarySpecimen run)
{
    private const string Before = "ObjectNotDeadException: ";

    [Theory]
    [InlineData("OnMethods.A_static_field_holds_it")]
    [InlineData("OnMethods.A_monitor_is_never_asked")]
    [InlineData("OnMethods.A_monitor_is_only_asserted_alive")]
    [InlineData("OnMethods.A_row_leaks(True)")]
    [InlineData("OnMethods.Each_attempt_leaks")]
    [InlineData("OnAClass.A_static_field_holds_it")]
    [InlineData("Derived.A_static_field_holds_it")]
    [InlineData("Inheriting.A_static_field_holds_it")]
    [InlineData("Asynchronous.A_static_field_holds_it")]
    [InlineData("Asynchronous.Another_thread_leaks")]
    public void A_leak_fails_with_the_report(string test) => Expect.Leak(run[test], Before);

    [Theory]
    [InlineData("Assertions.A_static_field_holds_it", "AssertionException: Expected to be collected\nbut it is not:\n")]
    [InlineData(
        "Assertions.A_static_field_holds_it_among_other_words",
        "AssertionException: Expected to not be null\n\tand to be collected\nbut it is not:\n")]
    public void A_failed_assertion_shows_the_report(string test, string before) => Expect.Leak(run[test], before);

    [Fact]
    public void A_field_of_an_instance_that_stays_is_named()
    {
        SpecimenResult result = run["InstancesThatKeep.A_field_that_stays_holds_it"];

        Expect.Failed(result, Before + Expect.Headline);
        Expect.Shows("  │   TUnitSpecimen.InstancesThatKeep\n  ├─ _field\n", result.Message);
    }

    [Fact]
    public void All_leaks_of_a_test_are_in_its_message_and_nothing_else()
    {
        SpecimenResult result = run["OnMethods.Two_leak"];

        Expect.Failed(result, Before + "2 objects are still alive: Suspect, held by static field Suspect.s");
        Assert.Equal(2, Expect.Leaks(result));
    }

    [Theory]
    [InlineData(
        "OnMethods.It_fails_and_leaks",
        "FailedAndLeakedException: the test's own failure\n\nThis test also breaks its claim:\n\n")]
    [InlineData(
        "OnMethods.It_throws_and_leaks",
        "FailedAndLeakedException: the test's own exception\n\nThis test also breaks its claim:\n\n")]
    public void The_failure_of_the_test_itself_comes_first(string test, string own) => Expect.OwnFailureAndLeak(run[test], own);

    [Fact]
    public void A_test_that_is_out_of_time_may_still_run_and_is_not_accused()
    {
        SpecimenResult result = run["Asynchronous.It_runs_out_of_time"];

        Expect.Failed(result, "TimeoutException: Test 'It_runs_out_of_time' timed out after ");
        Assert.DoesNotContain("still alive", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_target_of_a_weak_reference_that_lives_is_shown_with_its_path()
    {
        SpecimenResult result = run["Assertions.A_static_field_holds_the_target_of_a_weak_reference"];

        Expect.Failed(result, "AssertionException: Expected to be collected\nbut it is not:\n" + Expect.Headline);
        Assert.Equal(1, Expect.Leaks(result));
    }

    [Fact]
    public void A_dead_object_that_should_live_is_reported_as_dead() =>
        Expect.Failed(
            run["Assertions.It_is_dead_and_should_live"],
            "AssertionException: Expected not to be collected\nbut it is:\nSpecimens.Suspect (tracked as `() => " +
            "new Suspect()` at Suspect.cs:16) should be alive and is dead: nothing held it.");
}
