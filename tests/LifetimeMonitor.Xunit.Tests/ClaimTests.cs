namespace LifetimeMonitor.Xunit.Tests;

/// <summary>What the attribute claims at each level.</summary>
public sealed class ClaimTests(OrdinarySpecimen run, AssemblyLevelSpecimen assemblyLevel, WithoutFrameworkSpecimen without)
{
    private const string NothingTracked =
        "LifetimeMonitor.NothingTrackedException : Nothing was tracked, so nothing is proved. Track what must be collected, with LifetimeScope.Current!.Track(x) or LifeTimeMonitor.Track(() => …), or remove the claim.";

    [Fact]
    public void A_method_that_claims_it_must_track_something() => AssertNothingTracked(run["OnMethods.Nothing_is_tracked"]);

    [Fact]
    public void A_test_that_failed_before_it_tracked_says_only_why()
    {
        SpecimenResult result = run["OnMethods.It_fails_before_it_tracks"];

        Assert.Equal(("Failed", "the test's own failure"), (result.Outcome, result.Message));
    }

    [Theory]
    [InlineData("OnAClass")]
    [InlineData("MemberOfClaimed")]
    [InlineData("Derived")]
    public void A_class_that_claims_it_may_have_tests_that_track_nothing(string @class) => Expect.Passed(run[@class + ".Nothing_is_tracked"]);

    [Fact]
    public void The_assembly_can_claim_it()
    {
        Expect.Passed(assemblyLevel["OnTheAssembly.Nothing_is_tracked"]);
        Expect.Passed(assemblyLevel["OnTheAssembly.It_dies"]);
        Expect.Leak(assemblyLevel["OnTheAssembly.A_static_field_holds_it"], "LifetimeMonitor.ObjectNotDeadException : ");
        AssertNothingTracked(assemblyLevel["OnTheAssembly.The_method_claims_more_and_tracks_nothing"]);
    }

    [Theory]
    [InlineData("WithoutFramework.On_a_method")]
    [InlineData("OnAClassWithoutFramework.On_a_class")]
    public void Without_its_framework_the_attribute_fails_the_test_and_says_what_to_do(string test)
    {
        SpecimenResult result = without[test];

        Expect.Failed(result, "System.InvalidOperationException : [MustBeCollected] cannot check this test: its test framework is not registered");
        Expect.Shows("<LifetimeMonitorXunitFramework>", result.Message);
    }

    [Fact]
    public void Without_its_framework_tests_without_the_attribute_pass() => Expect.Passed(without["WithoutFramework.Without_the_attribute"]);

    private static void AssertNothingTracked(SpecimenResult result) => Assert.Equal(("Failed", NothingTracked), (result.Outcome, result.Message));
}
