namespace LifetimeMonitoring.XunitV3.Tests;

/// <summary>The message of a test with [MustBeCollected] when an object outlives it.</summary>
public sealed class LeakTests(OrdinarySpecimen run)
{
    private const string Before = "LifetimeMonitoring.ObjectNotDeadException : ";

    [Theory]
    [InlineData("OnMethods.A_static_field_holds_it")]
    [InlineData("OnMethods.A_monitor_is_never_asked")]
    [InlineData("OnMethods.A_monitor_is_only_asserted_alive")]
    [InlineData("OnMethods.A_row_leaks(leaks: True)")]
    [InlineData("OnAClass.A_static_field_holds_it")]
    [InlineData("MemberOfClaimed.A_static_field_holds_it")]
    [InlineData("Derived.A_static_field_holds_it")]
    [InlineData("Asynchronous.A_static_field_holds_it")]
    [InlineData("Asynchronous.Another_thread_leaks")]
    [InlineData("ParallelC.Only_the_one_that_leaks_fails")]
    public void A_leak_fails_with_the_report(string test) => Expect.Leak(run[test], Before);

    [Fact]
    public void The_path_leads_through_an_instance_that_an_event_holds()
    {
        SpecimenResult result = run["InstancesThatStay.An_event_holds_the_instance"];

        Assert.Equal("Failed", result.Outcome);
        Expect.Shows("XunitV3.Specimen.InstancesThatStay\n  ├─ _suspect\n", result.Message);
    }

    [Fact]
    public void All_leaks_of_a_test_are_in_its_message_and_nothing_else()
    {
        SpecimenResult result = run["OnMethods.Two_leak"];

        Expect.Failed(result, Before + "2 objects are still alive: Suspect, held by static field Suspect.s");
        Assert.Equal(2, Expect.Leaks(result));
    }

    [Fact]
    public void The_report_is_attached_as_a_text()
    {
        SpecimenResult result = run["OnMethods.A_static_field_holds_it"];

        string attachment = Assert.Single(result.Attachments);
        Assert.Equal("lifetime-report.txt", Path.GetFileName(attachment));
        Assert.EndsWith(File.ReadAllText(attachment), result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_failure_of_the_test_itself_comes_first_and_the_report_once()
    {
        SpecimenResult result = run["OnMethods.It_fails_and_leaks"];

        Expect.Failed(result, "the test's own failure\n---- " + Before + Expect.Headline);
        Assert.Equal(1, Expect.Leaks(result));
        Assert.Contains(
            "at XunitV3.Specimen.OnMethods.It_fails_and_leaks() in ",
            result.StackTrace.Split("Inner Stack Trace")[0],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("It_runs_out_of_time")]
    [InlineData("It_gives_up_when_it_is_out_of_time")]
    public void A_test_that_is_out_of_time_may_still_run_and_is_not_accused(string test)
    {
        SpecimenResult result = run["Asynchronous." + test];

        Assert.Equal(("Failed", "Test execution timed out after 100 milliseconds"), (result.Outcome, result.Message));
    }
}
