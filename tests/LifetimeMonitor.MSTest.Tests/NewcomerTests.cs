using LifetimeMonitoring.MSTest.Tests;

[assembly: AssemblyFixture(typeof(NewcomerSpecimen))]
[assembly: AssemblyFixture(typeof(SwitchedOffSpecimen))]

namespace LifetimeMonitoring.MSTest.Tests;

/// <summary>The effect of the package in an unchanged new project.</summary>
public sealed class NewcomerTests(NewcomerSpecimen newcomer, SwitchedOffSpecimen switchedOff)
    : Specimens.NewcomerTests(newcomer, switchedOff)
{
    private readonly SpecimenRun _switchedOff = switchedOff;

    [Fact]
    public void Switched_off_TestClass_is_that_of_MSTest() => Expect.Passed(_switchedOff["PlainTests.TestClass_is_that_of_MSTest"]);

    [Fact]
    public void With_the_package_switched_off_a_claim_fails_before_the_test_and_gives_the_remedy()
    {
        SpecimenResult result = _switchedOff["PlainTests.Nobody_can_check_a_claim"];

        Assert.Equal("Failed", result.Outcome);
        Expect.Shows("[MustBeCollected] cannot check this test: the attribute of its class is not [LifetimeTestClass].", result.Message);
        Expect.Shows("<LifetimeMonitorMSTestClass>", result.Message);
        Assert.DoesNotContain("It runs.", result.Message, StringComparison.Ordinal);
        Expect.Passed(_switchedOff["PlainTests.One_that_is_skipped_needs_nobody"]);
    }
}

/// <summary>A project as <c>dotnet new</c> creates it.</summary>
public abstract class PlainSpecimen(string name) : DotnetTestSpecimen(name, VSTest);

/// <summary>A project with only the package added.</summary>
public sealed class NewcomerSpecimen() : PlainSpecimen("Newcomers/MSTest.Newcomer");

/// <summary>A project in which all effects of the package are off.</summary>
public sealed class SwitchedOffSpecimen() : PlainSpecimen("Newcomers/MSTest.SwitchedOff");
