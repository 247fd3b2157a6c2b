namespace LifetimeMonitoring.XunitV3.Tests;

/// <summary>Code that the compiler refuses in a project with the package.</summary>
public sealed class RefusalTests(OrdinarySpecimen specimen) : Specimens.RefusalTests(
    specimen,
    "using LifetimeMonitoring.XunitV3; using Xunit;",
    "Assert.Collected(new Dialog());",
    "Assert.Collected(LifeTimeMonitor.Track(() => new Dialog()));");
