namespace LifetimeMonitor.XunitV3.Tests;

/// <summary>What the compiler refuses in a project with the package.</summary>
public sealed class RefusalTests(OrdinarySpecimen specimen) : Specimens.RefusalTests(
    specimen,
    "using LifetimeMonitor.XunitV3; using Xunit;",
    "Assert.Collected(new Dialog());",
    "Assert.Collected(LifeTimeMonitor.Track(() => new Dialog()));");
