using LifetimeMonitor.NUnit.Tests;

[assembly: AssemblyFixture(typeof(NewcomerSpecimen))]
[assembly: AssemblyFixture(typeof(SwitchedOffSpecimen))]

namespace LifetimeMonitor.NUnit.Tests;

/// <summary>What the package does in a project that does nothing itself.</summary>
public sealed class NewcomerTests(NewcomerSpecimen newcomer, SwitchedOffSpecimen switchedOff) : Specimens.NewcomerTests(newcomer, switchedOff);

/// <summary>A project as <c>dotnet new</c> makes it.</summary>
public abstract class PlainSpecimen(string name) : DotnetTestSpecimen(name, VSTest);

/// <summary>Only the package was added.</summary>
public sealed class NewcomerSpecimen() : PlainSpecimen("Newcomers/NUnit.Newcomer");

/// <summary>Everything that the package does to the project is off.</summary>
public sealed class SwitchedOffSpecimen() : PlainSpecimen("Newcomers/NUnit.SwitchedOff");
