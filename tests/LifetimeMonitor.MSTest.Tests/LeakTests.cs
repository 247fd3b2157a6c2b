namespace LifetimeMonitoring.MSTest.Tests;

/// <summary>The message of a test when an object outlives it.</summary>
public sealed class LeakTests(OrdinarySpecimen run)
{
    [Theory]
    [InlineData("OnMethods.A_static_field_holds_it")]
    [InlineData("OnMethods.A_monitor_is_never_asked")]
    [InlineData("OnMethods.A_monitor_is_only_asserted_alive")]
    [InlineData("OnMethods.A_row_leaks (True)")]
    [InlineData("OnAClass.A_static_field_holds_it")]
    [InlineData("Derived.A_static_field_holds_it")]
    [InlineData("Inheriting.A_static_field_holds_it")]
    [InlineData("Asynchronous.A_static_field_holds_it")]
    [InlineData("Asynchronous.Another_thread_leaks")]
    [InlineData("Assertions.A_static_field_holds_it")]
    [InlineData("Assertions.A_static_field_holds_what_the_assertion_made")]
    [InlineData("Assertions.Awaited_a_static_field_holds_it")]
    public void A_leak_fails_with_the_report_and_nothing_before_it(string test) => Expect.Leak(run[test]);

    [Fact]
    public void The_path_leads_through_an_instance_that_an_event_holds()
    {
        SpecimenResult result = run["InstancesThatStay.An_event_holds_the_instance"];

        Assert.Equal("Failed", result.Outcome);
        Expect.Shows("MSTest.Specimen.InstancesThatStay\n  ├─ _suspect\n", result.Message);
    }

    [Fact]
    public void All_leaks_of_a_test_are_in_its_message_and_nothing_else()
    {
        SpecimenResult result = run["OnMethods.Two_leak"];

        Expect.Failed(result, "2 objects are still alive: Suspect, held by static field Suspect.s");
        Assert.Equal(2, Expect.Leaks(result));
    }

    [Theory]
    [InlineData("OnMethods.It_fails_and_leaks", "Assertion failed.\nthe test's own failure\n\n")]
    [InlineData("OnMethods.It_throws_and_leaks", "System.InvalidOperationException: the test's own exception\n\n")]
    public void The_failure_of_the_test_itself_comes_first(string test, string own) => Expect.OwnFailureAndLeak(run[test], own);

    [Fact]
    public void A_test_that_is_out_of_time_may_still_run_and_is_not_accused() =>
        Assert.Equal(
            ("Failed", "Test 'It_runs_out_of_time' timed out after 100ms"),
            (run["Asynchronous.It_runs_out_of_time"].Outcome, run["Asynchronous.It_runs_out_of_time"].Message));

    [Fact]
    public void A_dead_object_that_should_live_is_reported_as_dead() =>
        Expect.Failed(
            run["Assertions.It_is_dead_and_should_live"],
            "Specimens.Suspect (tracked as `() => new Suspect()` at Suspect.cs:16) should be alive and is dead: " +
            "nothing held it.");
}
