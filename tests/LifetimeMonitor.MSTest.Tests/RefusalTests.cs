namespace LifetimeMonitoring.MSTest.Tests;

/// <summary>Code that the compiler refuses in a project with the package.</summary>
public sealed class RefusalTests(OrdinarySpecimen specimen) : Specimens.RefusalTests(
    specimen,
    "using LifetimeMonitoring.MSTest; using Microsoft.VisualStudio.TestTools.UnitTesting;",
    "Assert.That.IsCollected(new Dialog());",
    "Assert.That.IsCollected(LifeTimeMonitor.Track(() => new Dialog()));");
