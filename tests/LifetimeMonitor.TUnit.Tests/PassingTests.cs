namespace LifetimeMonitoring.TUnit.Tests;

/// <summary>Tests that pass with [MustBeCollected].</summary>
public sealed class PassingTests(OrdinarySpecimen run)
{
    [Theory]
    [InlineData("OnMethods.A_local_of_the_test_does_not_matter")]
    [InlineData("OnMethods.A_row_leaks(False)")]
    [InlineData("OnAClass.It_dies")]
    [InlineData("Asynchronous.A_local_lives_across_an_await")]
    [InlineData("Asynchronous.A_time_limit_changes_nothing")]
    public void A_test_whose_objects_die_passes(string test) => Expect.Passed(run[test]);

    [Theory]
    [InlineData("Instances.Fields_that_are_torn_down_let_go")]
    [InlineData("Instances.They_do_so_where_the_method_claims_it")]
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

    [Theory]
    [InlineData("Assertions.It_is_dead")]
    [InlineData("Assertions.It_is_dead_among_other_words")]
    [InlineData("Assertions.The_target_of_a_weak_reference_is_dead")]
    [InlineData("Assertions.The_target_of_a_generic_weak_reference_is_dead")]
    [InlineData("Assertions.It_lives")]
    public void The_assertion_passes_for_a_dead_object(string test) => Expect.Passed(run[test]);
}
