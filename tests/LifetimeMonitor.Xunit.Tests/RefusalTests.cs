namespace LifetimeMonitoring.Xunit.Tests;

/// <summary>Code that the compiler refuses in a project with the package.</summary>
public sealed class RefusalTests(OrdinarySpecimen specimen) : Specimens.RefusalTests(
    specimen,
    "using LifetimeMonitoring.Xunit; using Xunit;",
    "Assert.Collected(new Dialog());",
    "Assert.Collected(LifeTimeMonitor.Track(() => new Dialog()));");
