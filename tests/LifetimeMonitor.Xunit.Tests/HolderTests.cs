namespace LifetimeMonitoring.Xunit.Tests;

/// <summary>The report of objects that the framework itself holds.</summary>
public sealed class HolderTests(OrdinarySpecimen run) : Specimens.HolderTests(run)
{
    private readonly SpecimenRun _run = run;

    [Fact]
    public void An_object_that_a_fixture_holds_is_reported_as_held_by_a_fixture() => Expect.Shows(
        "The test framework holds the Shelf, as an argument or an instance of a test or as a fixture, until it is " +
        "done with its tests: clear its reference to the Suspect when the test is over.",
        Words(_run["Lives.What_a_fixture_holds"]));
}
