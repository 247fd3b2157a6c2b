namespace LifetimeMonitoring.XunitV3.Tests;

/// <summary>The report of objects that the framework itself holds.</summary>
public sealed class HolderTests(OrdinarySpecimen run) : Specimens.HolderTests(run)
{
    private readonly SpecimenRun _run = run;

    [Fact]
    public void An_object_that_a_fixture_holds_is_reported_as_held_by_a_fixture() => Expect.Shows(
        "The test framework holds the Shelf, as an argument or an instance of a test or as a fixture, until it is " +
        "done with its tests: clear its reference to the Suspect when the test is over.",
        Words(_run["Lives.What_a_fixture_holds"]));

    [Theory]
    [InlineData("Rows.An_argument_is_tracked", "make the Suspect in the test itself.")]
    [InlineData("Rows.A_fixture_is_tracked", "make the Fixture in the test itself.")]
    public void An_object_that_the_framework_holds_is_reported_as_its_own(string test, string end) => Expect.Shows(
        "The test framework holds it, as an argument or an instance of a test or as a fixture, until it is done with its tests: " + end,
        Words(_run.Of("Rows").Single(r => r.Name.StartsWith(test, StringComparison.Ordinal))));

    [Fact]
    public void No_path_leads_through_an_object_of_the_adapter() => Assert.All(
        _run.All,
        r => Assert.DoesNotContain("LifetimeMonitoring.XunitV3.", r.Message, StringComparison.Ordinal));
}
