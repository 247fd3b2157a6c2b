namespace LifetimeMonitoring.NUnit.Tests;

/// <summary>Tests that pass with [MustBeCollected].</summary>
public sealed class PassingTests(ClaimsSpecimen run)
{
    [Theory]
    [InlineData("OnMethods.A_local_of_the_test_does_not_matter")]
    [InlineData("OnMethods.A_row_leaks(False)")]
    [InlineData("OnAClass.It_dies")]
    [InlineData("Asynchronous.A_local_lives_across_an_await")]
    [InlineData("Asynchronous.A_time_limit_changes_nothing")]
    public void A_test_whose_objects_die_passes(string test) => Expect.Passed(run[test]);

    [Theory]
    [InlineData("AnInstanceEach.A_field_goes_with_its_instance")]
    [InlineData("AnInstanceEach.It_does_so_where_the_method_claims_it")]
    [InlineData("AnInstanceEach.It_does_so_in_an_asynchronous_test")]
    public void The_check_waits_until_the_instance_of_a_test_is_disposed_and_let_go_of(string test) => Expect.Passed(run[test]);

    [Theory]
    [InlineData("OneInstance.A_field_that_is_torn_down_lets_go")]
    [InlineData("OneInstance.It_does_so_where_the_method_claims_it")]
    public void The_check_waits_until_the_test_is_torn_down(string test) => Expect.Passed(run[test]);

    [Fact]
    public void A_monitor_that_passed_by_itself_is_not_asked_again() => Expect.Passed(run["OnMethods.A_monitor_passes_by_itself"]);

    [Fact]
    public void A_test_without_the_attribute_is_not_checked() => Expect.Passed(run["OnMethods.Without_the_attribute_nothing_is_checked"]);

    [Fact]
    public void Parallel_tests_have_a_scope_each()
    {
        SpecimenResult[] results = [.. run.Of("Parallel")];

        Assert.Equal(4, results.Length);
        Assert.All(results, Expect.Passed);
    }

    [Theory]
    [InlineData("Skipped.Before_it_ran")]
    [InlineData("Skipped.While_it_leaks")]
    public void A_skipped_test_stays_skipped(string test) => Assert.Equal("NotExecuted", run[test].Outcome);

    [Fact]
    public void The_scope_of_a_skipped_test_ends_with_it() => Expect.Passed(run["Skipped.Whoever_comes_next_has_no_scope"]);
}
