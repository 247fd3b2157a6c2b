using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>LTM006: the report of a check, which throws nothing, is dropped.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnreadReportAnalyzer() : LifetimeAnalyzer(Rules.NothingReadsReport)
{
    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library) =>
        context.RegisterOperationAction(c => Analyze(c, library), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, LibrarySymbols library)
    {
        var call = (IInvocationOperation)context.Operation;
        if (AssertionFor(call.TargetMethod, library) is not { } assertion || !Results.IsDropped(call)) return;

        // LTM004 tells of a task that is dropped. A lambda may be one that must throw.
        if (call.TargetMethod.Name.EndsWith("Async", StringComparison.Ordinal) && !Results.IsAwaited(call)) return;
        if (!Enclosing.RunsDirectly(call, library) || Enclosing.MayBeCaught(call)) return;
        context.ReportDiagnostic(At(call.Syntax, call.TargetMethod.Name, assertion));
    }

    private static string? AssertionFor(IMethodSymbol method, LibrarySymbols library) => method.Name switch
    {
        "Check" when library.IsOfMonitor(method) => "AssertDead",
        "CheckAsync" when library.IsOfMonitor(method) => "AssertDeadAsync",
        "CheckAll" when library.IsOfScope(method) => "AssertAllDead",
        "CheckAllAsync" when library.IsOfScope(method) => "AssertAllDeadAsync",
        _ => null,
    };
}
