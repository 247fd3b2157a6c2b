using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>LTM004: the task of an asynchronous assertion is dropped. The compiler tells only of those in async methods.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnawaitedAssertionAnalyzer() : LifetimeAnalyzer(Rules.AssertionIsNotAwaited)
{
    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library) =>
        context.RegisterOperationAction(c => Analyze(c, library), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, LibrarySymbols library)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!IsAsynchronous(call.TargetMethod, library) || !Results.IsDropped(call) || Results.IsAwaited(call)) return;
        if (MayBeExpectedToThrow(call)) return;
        context.ReportDiagnostic(At(call.Syntax, call.TargetMethod.Name));
    }

    private static bool IsAsynchronous(IMethodSymbol method, LibrarySymbols library) => method.Name switch
    {
        "AssertDeadAsync" or "CheckAsync" or "TrackAsync" or "AssertUnloadedAsync" => library.IsOfMonitor(method),
        "AssertAllDeadAsync" or "CheckAllAsync" or "RunAsync" or "DisposeAsync" => library.IsOfScope(method),
        "CollectedAsync" or "IsCollectedAsync" => LibrarySymbols.IsOfAdapter(method),
        _ => false,
    };

    // A synchronous lambda may be one that must throw before there is a task: Assert.Throws(() => …).
    private static bool MayBeExpectedToThrow(IInvocationOperation call) =>
        Enclosing.Function(call) is IAnonymousFunctionOperation { Symbol.IsAsync: false };
}
