namespace LifetimeMonitor.Xunit.Tests;

/// <summary>What the compiler refuses in a project with the package.</summary>
public sealed class RefusalTests(OrdinarySpecimen specimen) : Specimens.RefusalTests(
    specimen,
    "using LifetimeMonitor.Xunit; using Xunit;",
    "Assert.Collected(new Dialog());",
    "Assert.Collected(LifeTimeMonitor.Track(() => new Dialog()));");
