using System.Diagnostics;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;

namespace LifetimeMonitoring.NUnit;

/// <summary>A test with the attribute on its method, with its set-up and tear-down.</summary>
[StackTraceHidden]
internal sealed class WatchedCommand(TestCommand command) : DelegatingTestCommand(command)
{
    public override TestResult Execute(TestExecutionContext context)
    {
        Watch.Begin(Test);
        try
        {
            context.CurrentResult = innerCommand.Execute(context);
        }
#pragma warning disable CA1031 // The test's own exception, recorded as NUnit would, so that ours can be added.
        catch (Exception e)
#pragma warning restore CA1031
        {
            context.CurrentResult.RecordException(e);
        }

        Watch.End(Test, context);
        return context.CurrentResult;
    }
}
