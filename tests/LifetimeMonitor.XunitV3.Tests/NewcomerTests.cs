using LifetimeMonitor.XunitV3.Tests;

[assembly: AssemblyFixture(typeof(NewcomerSpecimen))]
[assembly: AssemblyFixture(typeof(SwitchedOffSpecimen))]

namespace LifetimeMonitor.XunitV3.Tests;

/// <summary>What the package does in a project that does nothing itself.</summary>
public sealed class NewcomerTests(NewcomerSpecimen newcomer, SwitchedOffSpecimen switchedOff) : Specimens.NewcomerTests(newcomer, switchedOff)
{
    private readonly SpecimenRun _switchedOff = switchedOff;

    [Fact]
    public void Switched_off_the_fixture_is_registered_by_hand_alone() =>
        Expect.Passed(_switchedOff["AttributeTests.The_fixture_is_registered_by_hand_alone"]);
}

/// <summary>A project as <c>dotnet new</c> makes it.</summary>
public abstract class PlainSpecimen(string name) : DotnetTestSpecimen(name, "--report-xunit-trx", "--report-xunit-trx-filename", "{0}");

/// <summary>Only the package was added.</summary>
public sealed class NewcomerSpecimen() : PlainSpecimen("Newcomers/XunitV3.Newcomer");

/// <summary>Everything that the package does to the project is off.</summary>
public sealed class SwitchedOffSpecimen() : PlainSpecimen("Newcomers/XunitV3.SwitchedOff");
