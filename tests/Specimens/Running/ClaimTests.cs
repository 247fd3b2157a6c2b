namespace LifetimeMonitoring.Specimens;

/// <summary>The claim of the attribute at each level, in any framework.</summary>
/// <param name="run">The attribute on methods and classes.</param>
/// <param name="assemblyLevel">The attribute on the assembly.</param>
/// <param name="beforeNothingTracked">The framework's text before our message.</param>
/// <param name="beforeLeak">The same for a leak.</param>
/// <param name="ownFailure">The framework's text for the failure <c>the test's own failure</c>.</param>
public abstract class ClaimTests(
    SpecimenRun run,
    SpecimenRun assemblyLevel,
    string beforeNothingTracked,
    string beforeLeak,
    string ownFailure)
{
    private const string NothingTracked =
        "Nothing was tracked, so nothing is proved. Track the objects that must be collected, with LifetimeScope.Track(x) or " +
        "LifeTimeMonitor.Track(() => …), or remove the claim.";

    [Fact]
    public void A_method_that_claims_it_must_track_something() => AssertNothingTracked(run["OnMethods.Nothing_is_tracked"]);

    [Fact]
    public void A_test_that_failed_before_it_tracked_says_only_why()
    {
        SpecimenResult result = run["OnMethods.It_fails_before_it_tracks"];

        Assert.Equal(("Failed", ownFailure), (result.Outcome, result.Message));
    }

    [Theory]
    [InlineData("OnAClass")]
    [InlineData("Derived")]
    public void A_class_that_claims_it_may_have_tests_that_track_nothing(string @class) =>
        Expect.Passed(run[@class + ".Nothing_is_tracked"]);

    [Fact]
    public void The_assembly_can_claim_it()
    {
        Expect.Passed(assemblyLevel["OnTheAssembly.Nothing_is_tracked"]);
        Expect.Passed(assemblyLevel["OnTheAssembly.It_dies"]);
        Expect.Leak(assemblyLevel["OnTheAssembly.A_static_field_holds_it"], beforeLeak);
        AssertNothingTracked(assemblyLevel["OnTheAssembly.The_method_claims_more_and_tracks_nothing"]);
    }

    private void AssertNothingTracked(SpecimenResult result) =>
        Assert.Equal(("Failed", beforeNothingTracked + NothingTracked), (result.Outcome, result.Message));
}
