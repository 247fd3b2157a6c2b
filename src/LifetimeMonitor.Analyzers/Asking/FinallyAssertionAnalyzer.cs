using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>LTM012: an assertion in a <c>finally</c> block replaces the exception of the <c>try</c> block.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FinallyAssertionAnalyzer() : LifetimeAnalyzer(Rules.AssertionIsInFinally)
{
    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library) =>
        context.RegisterOperationAction(c => Analyze(c, library), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, LibrarySymbols library)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!Asserts(call, library) || !IsInFinally(call)) return;
        context.ReportDiagnostic(At(call.Syntax, call.TargetMethod.Name));
    }

    private static bool Asserts(IInvocationOperation call, LibrarySymbols library) =>
        Deaths.MonitorOf(call, library) is not null
        || library.AssertsOwnObject(call.TargetMethod)
        || (call.TargetMethod.Name is "AssertAllDead" or "AssertAllDeadAsync" && library.IsOfScope(call.TargetMethod));

    private static bool IsInFinally(IOperation call)
    {
        for (IOperation? inner = call, around = call.Parent; around is not null; inner = around, around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation or ILocalFunctionOperation) return false;

            // A try in the finally block that catches its failure hides nothing.
            if (around is ITryOperation { Catches.Length: > 0 } caught && caught.Body == inner) return false;
            if (around is ITryOperation { Body.Operations.Length: > 0 } attempt && attempt.Finally == inner) return true;
        }

        return false;
    }
}
