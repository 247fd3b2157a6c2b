using LifetimeMonitor.MSTest.Tests;

[assembly: AssemblyFixture(typeof(NewcomerSpecimen))]
[assembly: AssemblyFixture(typeof(SwitchedOffSpecimen))]

namespace LifetimeMonitor.MSTest.Tests;

/// <summary>What the package does in a project that does nothing itself.</summary>
public sealed class NewcomerTests(NewcomerSpecimen newcomer, SwitchedOffSpecimen switchedOff) : Specimens.NewcomerTests(newcomer, switchedOff)
{
    private readonly SpecimenRun _switchedOff = switchedOff;

    [Fact]
    public void Switched_off_TestClass_is_that_of_MSTest() => Expect.Passed(_switchedOff["PlainTests.TestClass_is_that_of_MSTest"]);

    [Fact]
    public void Switched_off_a_claim_that_nobody_can_check_fails_before_the_test_runs_and_says_what_to_do()
    {
        SpecimenResult result = _switchedOff["PlainTests.Nobody_can_check_a_claim"];

        Assert.Equal("Failed", result.Outcome);
        Expect.Shows("[MustBeCollected] cannot check this test: the attribute of its class is not [LifetimeTestClass].", result.Message);
        Expect.Shows("<LifetimeMonitorMSTestClass>", result.Message);
        Assert.DoesNotContain("It runs.", result.Message, StringComparison.Ordinal);
        Expect.Passed(_switchedOff["PlainTests.One_that_is_skipped_needs_nobody"]);
    }
}

/// <summary>A project as <c>dotnet new</c> makes it.</summary>
public abstract class PlainSpecimen(string name) : DotnetTestSpecimen(name, VSTest);

/// <summary>Only the package was added.</summary>
public sealed class NewcomerSpecimen() : PlainSpecimen("Newcomers/MSTest.Newcomer");

/// <summary>Everything that the package does to the project is off.</summary>
public sealed class SwitchedOffSpecimen() : PlainSpecimen("Newcomers/MSTest.SwitchedOff");
