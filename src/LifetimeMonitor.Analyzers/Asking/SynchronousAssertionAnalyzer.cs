using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>LTM013: <c>AssertDead</c> after an <c>await</c>, where frames of async methods may still hold the object.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SynchronousAssertionAnalyzer() : LifetimeAnalyzer(Rules.AssertionIsSynchronous)
{
    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library) =>
        context.RegisterOperationAction(c => Analyze(c, library), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, LibrarySymbols library)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        if (!(method.Name == "AssertDead" && library.IsOfMonitor(method))
            && !(method.Name == "AssertAllDead" && library.IsOfScope(method))) return;
        if (Enclosing.Method(call, context.ContainingSymbol) is not { IsAsync: true } || IsInLock(call)) return;
        if (!FollowsAwait(call, library)) return;
        context.ReportDiagnostic(At(call.Syntax, method.Name, method.Name + "Async"));
    }

    // TrackAsync itself lets the frames leave the stack.
    private static bool FollowsAwait(IInvocationOperation call, LibrarySymbols library)
    {
        IOperation? function = Enclosing.Function(call);
        return (function ?? Enclosing.Root(call)).Descendants().OfType<IAwaitOperation>().Any(a =>
            a.Syntax.SpanStart < call.Syntax.SpanStart
            && Enclosing.Function(a) == function
            && !(a.Operation is IInvocationOperation { TargetMethod.Name: "TrackAsync" } made && library.IsOfMonitor(made.TargetMethod)));
    }

    private static bool IsInLock(IOperation operation)
    {
        for (IOperation? around = operation; around is not null; around = around.Parent)
        {
            if (around is ILockOperation) return true;
        }

        return false;
    }
}
