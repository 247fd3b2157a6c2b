using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace LifetimeMonitoring.Xunit;

/// <summary>
/// xunit's own test framework, with a <see cref="LifetimeScope"/> around each test with
/// <see cref="MustBeCollectedAttribute"/>, from before its class is constructed until it is disposed. The package
/// registers it in every C# test project;
/// <c>&lt;LifetimeMonitorXunitFramework&gt;false&lt;/LifetimeMonitorXunitFramework&gt;</c> in the project turns that
/// off. Tests without the attribute cost one look-up.
/// </summary>
public sealed class LifetimeTestFramework : XunitTestFramework
{
    private static volatile bool s_isRunning;

    /// <summary>Called by xunit.</summary>
    /// <param name="messageSink">Where diagnostic messages go.</param>
    public LifetimeTestFramework(IMessageSink messageSink)
        : base(messageSink)
    {
    }

    internal static bool IsRunning => s_isRunning;

    /// <summary>Called by xunit.</summary>
    /// <param name="assemblyName">The assembly with the tests.</param>
    /// <returns>The executor that runs them.</returns>
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName)
    {
        s_isRunning = true;
        return new LifetimeTestFrameworkExecutor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);
    }
}
