namespace LifetimeMonitoring.XunitV3.Tests;

/// <summary>The claim of the attribute at each level, and its requirements.</summary>
public sealed class ClaimTests(OrdinarySpecimen run, AssemblyLevelSpecimen assemblyLevel, WithoutFixtureSpecimen without)
    : Specimens.ClaimTests(
        run,
        assemblyLevel,
        beforeNothingTracked: "LifetimeMonitoring.NothingTrackedException : ",
        beforeLeak: "LifetimeMonitoring.ObjectNotDeadException : ",
        ownFailure: "the test's own failure")
{
    private readonly SpecimenRun _run = run;

    [Fact]
    public void A_collection_that_claims_it_may_have_tests_that_track_nothing() =>
        Expect.Passed(_run["MemberOfClaimed.Nothing_is_tracked"]);

    [Theory]
    [InlineData("WithoutFixture.On_a_method")]
    [InlineData("OnAClassWithoutFixture.On_a_class")]
    public void Without_its_fixture_the_attribute_fails_the_test_and_gives_the_remedy(string test)
    {
        SpecimenResult result = without[test];

        Expect.Failed(result, "System.InvalidOperationException : [MustBeCollected] cannot check this test: ");
        Assert.Contains("<LifetimeMonitorXunitV3Fixture>", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_fixture_tests_without_the_attribute_pass() =>
        Expect.Passed(without["WithoutFixture.Without_the_attribute"]);

    [Fact]
    public void A_class_can_have_the_fixture_to_itself()
    {
        Expect.Passed(without["WithItsOwnFixture.It_dies"]);
        Expect.Failed(without["WithItsOwnFixture.A_static_field_holds_it"], "LifetimeMonitoring.ObjectNotDeadException : ");
    }
}
