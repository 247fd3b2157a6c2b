using LifetimeMonitoring.XunitV3.Tests;

[assembly: AssemblyFixture(typeof(NewcomerSpecimen))]
[assembly: AssemblyFixture(typeof(SwitchedOffSpecimen))]
[assembly: AssemblyFixture(typeof(LowestSpecimen))]
[assembly: AssemblyFixture(typeof(MiddleSpecimen))]

namespace LifetimeMonitoring.XunitV3.Tests;

/// <summary>The effect of the package in an unchanged new project.</summary>
public sealed class NewcomerTests(
    NewcomerSpecimen newcomer,
    SwitchedOffSpecimen switchedOff,
    LowestSpecimen lowest,
    MiddleSpecimen middle)
    : Specimens.NewcomerTests(newcomer, switchedOff)
{
    private readonly SpecimenRun _switchedOff = switchedOff;

    [Fact]
    public void The_package_is_enough_with_the_lowest_version() => IsEnough(lowest);

    [Fact]
    public void The_package_is_enough_with_the_last_version_before_test_fixtures() => IsEnough(middle);

    [Fact]
    public void Switched_off_the_fixture_is_registered_by_hand_alone() =>
        Expect.Passed(_switchedOff["AttributeTests.The_fixture_is_registered_by_hand_alone"]);
}

/// <summary>A project as <c>dotnet new</c> creates it.</summary>
public abstract class PlainSpecimen(string name) : DotnetTestSpecimen(name, "--report-xunit-trx", "--report-xunit-trx-filename", "{0}");

/// <summary>A project with only the package added.</summary>
public sealed class NewcomerSpecimen() : PlainSpecimen("Newcomers/XunitV3.Newcomer");

/// <summary>A project in which all effects of the package are off.</summary>
public sealed class SwitchedOffSpecimen() : PlainSpecimen("Newcomers/XunitV3.SwitchedOff");

/// <summary>A project with the lowest version of the framework.</summary>
public sealed class LowestSpecimen() : DotnetTestSpecimen("Newcomers/XunitV3.Lowest", VSTest);

/// <summary>A project with the last version before 4.0.</summary>
public sealed class MiddleSpecimen() : PlainSpecimen("Newcomers/XunitV3.Middle");
