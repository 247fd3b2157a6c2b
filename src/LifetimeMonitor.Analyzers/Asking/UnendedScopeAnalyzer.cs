using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>LTM007: a scope that is a local variable is neither disposed, asked, nor given to other code.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnendedScopeAnalyzer() : LifetimeAnalyzer(Rules.NothingEndsScope)
{
    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library) =>
        context.RegisterOperationAction(c => Analyze(c, library), OperationKind.ObjectCreation);

    private void Analyze(OperationAnalysisContext context, LibrarySymbols library)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!library.IsScope(creation.Type) || Enclosing.Function(creation) is IAnonymousFunctionOperation) return;
        if (Results.IsDropped(creation) || IsForgotten(creation)) context.ReportDiagnostic(At(creation.Syntax));
    }

    private static bool IsForgotten(IObjectCreationOperation creation)
    {
        if (creation.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declared }
            || declared.Parent?.Parent is not IVariableDeclarationGroupOperation { Parent: IBlockOperation }) return false;
        return Variables.ReferencesTo(declared.Symbol, Enclosing.Root(creation)).All(OnlyWatches);
    }

    private static bool OnlyWatches(IOperation reference) => reference.Parent switch
    {
        IInvocationOperation call => call.Instance == reference && call.TargetMethod.Name is "Watch" or "AssertAnyTracked",
        IPropertyReferenceOperation property => property.Instance == reference,
        _ => false,
    };
}
