using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>LTM010: NUnit's <c>Is.Collected</c> is given the object itself, and throws.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConstrainedObjectAnalyzer() : LifetimeAnalyzer(Rules.ConstraintIsGivenObject)
{
    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library) =>
        context.RegisterOperationAction(c => Analyze(c, library), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, LibrarySymbols library)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!CollectedConstraints.IsAsked(call)) return;
        if (Enclosing.Bare(call.Arguments[0].Value) is not { Type: { } type } actual || !library.IsPlainObject(type)) return;
        if (!Enclosing.RunsDirectly(call, library) || Enclosing.MayBeCaught(call)) return;
        context.ReportDiagnostic(At(actual.Syntax));
    }
}
