using LifetimeMonitoring.Xunit.Tests;

[assembly: AssemblyFixture(typeof(NewcomerSpecimen))]
[assembly: AssemblyFixture(typeof(SwitchedOffSpecimen))]

namespace LifetimeMonitoring.Xunit.Tests;

/// <summary>The effect of the package in an unchanged new project.</summary>
public sealed class NewcomerTests(NewcomerSpecimen newcomer, SwitchedOffSpecimen switchedOff)
    : Specimens.NewcomerTests(newcomer, switchedOff);

/// <summary>A project as <c>dotnet new</c> creates it.</summary>
public abstract class PlainSpecimen(string name) : DotnetTestSpecimen(name, VSTest);

/// <summary>A project with only the package added.</summary>
public sealed class NewcomerSpecimen() : PlainSpecimen("Newcomers/Xunit.Newcomer");

/// <summary>A project in which all effects of the package are off.</summary>
public sealed class SwitchedOffSpecimen() : PlainSpecimen("Newcomers/Xunit.SwitchedOff");
