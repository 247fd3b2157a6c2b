using System.Diagnostics;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;

namespace LifetimeMonitor.NUnit;

/// <summary>A test that carries the attribute itself, with its set-up and tear-down.</summary>
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
#pragma warning disable CA1031 // It is the test's own, and recorded as NUnit would, so that ours can be added to it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            context.CurrentResult.RecordException(e);
        }

        Watch.End(Test, context);
        return context.CurrentResult;
    }
}
