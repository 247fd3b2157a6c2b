using System.Xml.Linq;
using LifetimeMonitor.NUnit.Tests;

[assembly: AssemblyFixture(typeof(NewcomerSpecimen))]
[assembly: AssemblyFixture(typeof(SwitchedOffSpecimen))]

namespace LifetimeMonitor.NUnit.Tests;

/// <summary>What the package does in a project that does nothing itself.</summary>
public sealed class NewcomerTests(NewcomerSpecimen newcomer, SwitchedOffSpecimen switchedOff)
{
    [Fact]
    public void The_package_alone_is_enough() => Newcomers.WorkWithThePackageAlone(newcomer);

    [Fact]
    public void Switched_off_it_can_be_written_by_hand() => Newcomers.WorkSwitchedOff(switchedOff);
}

/// <summary>A project as <c>dotnet new</c> makes it.</summary>
public abstract class PlainSpecimen(string name) : DotnetTestSpecimen(name, VSTest)
{
    protected override string ShortName(XElement result) => ClassAndMethod(result);
}

/// <summary>Only the package was added.</summary>
public sealed class NewcomerSpecimen() : PlainSpecimen("Newcomers/NUnit.Newcomer");

/// <summary>Everything that the package does to the project is off.</summary>
public sealed class SwitchedOffSpecimen() : PlainSpecimen("Newcomers/NUnit.SwitchedOff");
