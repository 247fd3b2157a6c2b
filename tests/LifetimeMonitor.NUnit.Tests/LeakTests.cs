namespace LifetimeMonitoring.NUnit.Tests;

/// <summary>The message of a test when an object outlives it.</summary>
public sealed class LeakTests(ClaimsSpecimen run)
{
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
    public void A_leak_fails_with_the_report_and_nothing_before_it(string test) => Expect.Leak(run[test]);

    [Fact]
    public void A_field_of_an_instance_that_stays_is_named()
    {
        SpecimenResult result = run["OneInstance.A_field_that_stays_holds_it"];

        Assert.Equal("Failed", result.Outcome);
        Expect.Shows(
            "\n  test framework, which holds the instance of the test class         root\n" +
            "  │   NUnit.Claims.Specimen.OneInstance\n  ├─ _fieldThatStays\n",
            result.Message);
        Assert.DoesNotContain("NUnit.Framework.", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("It is also held by", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("is also reached from", result.Message, StringComparison.Ordinal);
        Expect.Shows("The test class's own field _fieldThatStays holds it: set it to null", result.Message);
    }

    [Fact]
    public void All_leaks_of_a_test_are_in_its_message_and_nothing_else()
    {
        SpecimenResult result = run["OnMethods.Two_leak"];

        Expect.Failed(result, "2 objects are still alive: Suspect, held by static field Suspect.s");
        Assert.Equal(2, Expect.Leaks(result));
    }

    [Theory]
    [InlineData("OnMethods.It_fails_and_leaks", "Multiple failures or warnings in test:\n  1) the test's own failure\n")]
    [InlineData("OnMethods.It_throws_and_leaks", "  1) System.InvalidOperationException : the test's own exception\n")]
    public void The_failure_of_the_test_itself_comes_first(string test, string own) => Expect.OwnFailureAndLeak(run[test], own);
}
