namespace LifetimeMonitoring.Xunit.Tests;

/// <summary>The claim of the attribute at each level, and its requirements.</summary>
public sealed class ClaimTests(OrdinarySpecimen run, AssemblyLevelSpecimen assemblyLevel, WithoutFrameworkSpecimen without)
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
    [InlineData("WithoutFramework.On_a_method")]
    [InlineData("OnAClassWithoutFramework.On_a_class")]
    public void Without_its_framework_the_attribute_fails_the_test_and_gives_the_remedy(string test)
    {
        SpecimenResult result = without[test];

        Expect.Failed(
            result,
            "System.InvalidOperationException : [MustBeCollected] cannot check this test: its test framework is " +
            "not registered");
        Expect.Shows("<LifetimeMonitorXunitFramework>", result.Message);
    }

    [Fact]
    public void Without_its_framework_tests_without_the_attribute_pass() =>
        Expect.Passed(without["WithoutFramework.Without_the_attribute"]);
}
