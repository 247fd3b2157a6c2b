namespace LifetimeMonitoring.XunitV3.Tests;

/// <summary><c>Assert.Collected</c> by the real runner.</summary>
public sealed class AssertionTests(OrdinarySpecimen run)
{
    [Theory]
    [InlineData("It_is_dead")]
    [InlineData("It_is_dead_in_older_words")]
    [InlineData("The_target_of_a_weak_reference_is_dead")]
    [InlineData("Awaited_it_is_dead")]
    [InlineData("It_lives")]
    public void An_expression_as_expected_passes(string test) => Expect.Passed(run["Assertions." + test]);

    [Theory]
    [InlineData("A_static_field_holds_it")]
    [InlineData("A_static_field_holds_the_target_of_a_monitor")]
    public void A_leak_fails_with_the_report(string test)
    {
        Expect.Failed(run["Assertions." + test], "LifetimeMonitoring.ObjectNotDeadException : ");
        Expect.Shows("Suspect.s_kept  ", run["Assertions." + test].Message);
    }
}
