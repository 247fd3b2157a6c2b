using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>LTM008: a synchronous method is given an async lambda, and throws.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RefusedAsyncLambdaAnalyzer() : LifetimeAnalyzer(Rules.AsyncLambdaIsRefused)
{
    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library) =>
        context.RegisterOperationAction(c => Analyze(c, library), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, LibrarySymbols library)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        bool isRun = method.Name == "Run" && library.IsOfScope(method);
        if (!isRun && !library.TakesFactory(method)) return;
        if (method.Name.EndsWith("Async", StringComparison.Ordinal)) return;
        IAnonymousFunctionOperation? refused = Async(FactoryArguments.Lambda(call, isRun ? "body" : "use"))
            ?? Async(FactoryArguments.Lambda(call, "create"));
        if (refused is null || !Enclosing.RunsDirectly(call, library) || Enclosing.MayBeCaught(call)) return;
        context.ReportDiagnostic(At(refused.Syntax, method.Name, method.Name + "Async"));
    }

    private static IAnonymousFunctionOperation? Async(IAnonymousFunctionOperation? lambda) =>
        lambda is { Symbol.IsAsync: true } ? lambda : null;
}
