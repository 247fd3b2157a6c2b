using LifetimeMonitor.TUnit.Tests;

// Each is run once, whatever number of classes looks at its results.
[assembly: AssemblyFixture(typeof(OrdinarySpecimen))]
[assembly: AssemblyFixture(typeof(AssemblyLevelSpecimen))]

namespace LifetimeMonitor.TUnit.Tests;

/// <summary>The attribute on methods and classes, and the assertion.</summary>
public sealed class OrdinarySpecimen() : OrdinaryRun("TUnit.Specimen")
{
    protected override async Task<string> RunAsync(string results)
    {
        // The option that says where is not enough.
        Environment.SetEnvironmentVariable("TUNIT_ENABLE_JUNIT_REPORTER", "true");
        return await base.RunAsync(results);
    }
}

/// <summary>The attribute on the assembly.</summary>
public sealed class AssemblyLevelSpecimen() : OrdinaryRun("TUnit.AssemblyLevel.Specimen");
