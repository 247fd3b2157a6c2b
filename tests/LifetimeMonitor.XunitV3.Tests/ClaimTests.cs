namespace LifetimeMonitor.XunitV3.Tests;

/// <summary>What the attribute claims at each level, and what it needs for that.</summary>
public sealed class ClaimTests(OrdinarySpecimen run, AssemblyLevelSpecimen assemblyLevel, WithoutFixtureSpecimen without)
{
    private const string NothingTracked = "LifetimeMonitor.NothingTrackedException : Nothing was tracked";

    [Fact]
    public void A_method_that_claims_it_must_track_something() =>
        AssertFailed(run["OnMethods.Nothing_is_tracked"], NothingTracked);

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
    public void A_class_that_claims_it_may_have_tests_that_track_nothing(string @class) =>
        Assert.Equal("Passed", run[@class + ".Nothing_is_tracked"].Outcome);

    [Fact]
    public void The_assembly_can_claim_it_and_registers_the_fixture_itself()
    {
        Assert.Equal("Passed", assemblyLevel["OnTheAssembly.Nothing_is_tracked"].Outcome);
        Assert.Equal("Passed", assemblyLevel["OnTheAssembly.It_dies"].Outcome);
        AssertFailed(assemblyLevel["OnTheAssembly.A_static_field_holds_it"], "LifetimeMonitor.ObjectNotDeadException : ");
        AssertFailed(assemblyLevel["OnTheAssembly.The_method_claims_more_and_tracks_nothing"], NothingTracked);
    }

    [Theory]
    [InlineData("WithoutFixture.On_a_method")]
    [InlineData("OnAClassWithoutFixture.On_a_class")]
    public void Without_its_fixture_the_attribute_fails_the_test_and_says_what_to_do(string test)
    {
        SpecimenResult result = without[test];

        AssertFailed(result, "System.InvalidOperationException : [MustBeCollected] cannot check this test: ");
        Assert.Contains("<LifetimeMonitorXunitV3Fixture>", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_fixture_tests_without_the_attribute_pass() =>
        Assert.Equal("Passed", without["WithoutFixture.Without_the_attribute"].Outcome);

    [Fact]
    public void A_class_can_have_the_fixture_to_itself()
    {
        Assert.Equal("Passed", without["WithItsOwnFixture.It_dies"].Outcome);
        AssertFailed(without["WithItsOwnFixture.A_static_field_holds_it"], "LifetimeMonitor.ObjectNotDeadException : ");
    }

    private static void AssertFailed(SpecimenResult result, string message)
    {
        Assert.Equal("Failed", result.Outcome);
        Assert.StartsWith(message, result.Message, StringComparison.Ordinal);
    }
}
