namespace LifetimeMonitoring.XunitV3.Tests;

/// <summary>Tests that pass with [MustBeCollected].</summary>
public sealed class PassingTests(OrdinarySpecimen run)
{
    [Theory]
    [InlineData("OnMethods.A_local_of_the_test_does_not_matter")]
    [InlineData("OnMethods.A_row_leaks(leaks: False)")]
    [InlineData("Asynchronous.A_local_lives_across_an_await")]
    [InlineData("Asynchronous.A_time_limit_changes_nothing")]
    [InlineData("OnAClass.It_dies")]
    public void A_test_whose_objects_die_passes(string test) => AssertPassed(run[test]);

    [Theory]
    [InlineData("Instances.A_field_goes_with_its_instance")]
    [InlineData("Instances.It_does_so_in_an_asynchronous_test")]
    [InlineData("AsynchronousInstances.A_field_goes_with_its_instance")]
    public void The_check_waits_until_the_class_is_disposed_and_let_go_of(string test) => AssertPassed(run[test]);

    [Fact]
    public void A_monitor_that_passed_by_itself_is_not_asked_again() => AssertPassed(run["OnMethods.A_monitor_passes_by_itself"]);

    [Fact]
    public void A_test_without_the_attribute_is_not_checked() => AssertPassed(run["OnMethods.Without_the_attribute_nothing_is_checked"]);

    [Theory]
    [InlineData("ParallelA")]
    [InlineData("ParallelB")]
    public void Parallel_tests_have_a_scope_each(string @class)
    {
        SpecimenResult[] results = [.. run.Of(@class)];

        Assert.Equal(4, results.Length);
        Assert.All(results, AssertPassed);
    }

    [Theory]
    [InlineData("Skipped.Before_it_ran")]
    [InlineData("Skipped.While_it_leaks")]
    public void A_skipped_test_stays_skipped(string test) => Assert.Equal("NotExecuted", run[test].Outcome);

    private static void AssertPassed(SpecimenResult result) => Assert.Equal(("Passed", ""), (result.Outcome, result.Message));
}
