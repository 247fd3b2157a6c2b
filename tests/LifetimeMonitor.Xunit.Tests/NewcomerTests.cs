using LifetimeMonitoring.Xunit.Tests;

[assembly: AssemblyFixture(typeof(NewcomerSpecimen))]
[assembly: AssemblyFixture(typeof(SwitchedOffSpecimen))]
[assembly: AssemblyFixture(typeof(LowestSpecimen))]
[assembly: AssemblyFixture(typeof(MiddleSpecimen))]

namespace LifetimeMonitoring.Xunit.Tests;

/// <summary>The effect of the package in an unchanged new project.</summary>
public sealed class NewcomerTests(
    NewcomerSpecimen newcomer,
    SwitchedOffSpecimen switchedOff,
    LowestSpecimen lowest,
    MiddleSpecimen middle)
    : Specimens.NewcomerTests(newcomer, switchedOff)
{
    [Fact]
    public void The_package_is_enough_with_the_lowest_version() => IsEnough(lowest);

    [Fact]
    public void The_package_is_enough_with_a_version_between() => IsEnough(middle);
}

/// <summary>A project as <c>dotnet new</c> creates it.</summary>
public abstract class PlainSpecimen(string name) : DotnetTestSpecimen(name, VSTest);

/// <summary>A project with only the package added.</summary>
public sealed class NewcomerSpecimen() : PlainSpecimen("Newcomers/Xunit.Newcomer");

/// <summary>A project in which all effects of the package are off.</summary>
public sealed class SwitchedOffSpecimen() : PlainSpecimen("Newcomers/Xunit.SwitchedOff");

/// <summary>A project with the lowest version of the framework.</summary>
public sealed class LowestSpecimen() : PlainSpecimen("Newcomers/Xunit.Lowest");

/// <summary>A project with a version of the framework between the lowest and the newest.</summary>
public sealed class MiddleSpecimen() : PlainSpecimen("Newcomers/Xunit.Middle");
