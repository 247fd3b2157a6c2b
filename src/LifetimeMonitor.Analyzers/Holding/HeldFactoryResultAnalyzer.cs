using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>LTM001: a factory returns a variable or field that keeps the object alive until the assertion.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HeldFactoryResultAnalyzer() : LifetimeAnalyzer(Rules.FactoryReturnsHeldObject)
{
    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library) =>
        context.RegisterOperationAction(c => Analyze(c, library), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, LibrarySymbols library)
    {
        var call = (IInvocationOperation)context.Operation;
        if (FactoryOf(call, library) is not { } factory) return;
        List<IOperation> results = [.. FactoryArguments.ResultsOf(factory)];
        if (results.Count == 0 || !results.TrueForAll(r => Holders.Keeps(r, factory)) || !IsAsserted(call, results, library)) return;
        context.ReportDiagnostic(At(results[0].Syntax, results[0].Syntax.ToString()));
    }

    private static IAnonymousFunctionOperation? FactoryOf(IInvocationOperation call, LibrarySymbols library) =>
        library.TakesFactory(call.TargetMethod)
            ? FactoryArguments.Lambda(call, "create")
            : FactoryArguments.OfConstraint(call) is { } lambda && IsPlainObject(lambda, library) ? lambda : null;

    private static bool IsAsserted(IInvocationOperation call, List<IOperation> results, LibrarySymbols library)
    {
        if (CollectedConstraints.IsAsked(call)) return Enclosing.RunsDirectly(call, library) && !Enclosing.MayBeCaught(call);
        return Deaths.AssertedOf(call, library).Any(d => results.TrueForAll(r =>
            r is not ILocalReferenceOperation local || Enclosing.IsInBlockOf(local.Local, d)));
    }

    // The constraint asks monitors, reports and weak references of their objects.
    private static bool IsPlainObject(IAnonymousFunctionOperation lambda, LibrarySymbols library) => FactoryArguments
        .ResultsOf(lambda)
        .All(r => r.Type is { IsReferenceType: true } type && library.IsPlainObject(type));
}
