using LifetimeMonitoring.TUnit.Tests;

// Each runs once; any number of classes reads its results.
[assembly: AssemblyFixture(typeof(OrdinarySpecimen))]
[assembly: AssemblyFixture(typeof(AssemblyLevelSpecimen))]

namespace LifetimeMonitoring.TUnit.Tests;

/// <summary>The attribute on methods and classes, and the assertion.</summary>
public sealed class OrdinarySpecimen() : OrdinaryRun("TUnit.Specimen")
{
    protected override async Task<string> RunAsync(string results)
    {
        // The option for the path does not enable the reporter.
        Environment.SetEnvironmentVariable("TUNIT_ENABLE_JUNIT_REPORTER", "true");
        return await base.RunAsync(results);
    }
}

/// <summary>The attribute on the assembly.</summary>
public sealed class AssemblyLevelSpecimen() : OrdinaryRun("TUnit.AssemblyLevel.Specimen");
