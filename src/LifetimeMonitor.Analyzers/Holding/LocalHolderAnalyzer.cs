using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>LTM002: a local variable of the asserting method holds the object of <c>new LifeTimeMonitor(x)</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LocalHolderAnalyzer() : LifetimeAnalyzer(Rules.LocalHoldsObject)
{
    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library) =>
        context.RegisterOperationAction(c => Analyze(c, library), OperationKind.ObjectCreation);

    private void Analyze(OperationAnalysisContext context, LibrarySymbols library)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!library.IsMonitor(creation.Type)) return;
        IOperation? target = Enclosing.Bare(creation.Arguments.FirstOrDefault(a => a.Parameter?.Name == "target")?.Value);
        if (target is not ILocalReferenceOperation { Local: { } local } reference) return;
        if (Holds(local, creation, context.ContainingSymbol, library)) context.ReportDiagnostic(At(reference.Syntax, local.Name));
    }

    private static bool Holds(ILocalSymbol local, IObjectCreationOperation creation, ISymbol containing, LibrarySymbols library)
    {
        IOperation root = Enclosing.Root(creation);
        if (Enclosing.Method(creation, containing) is not { } method
            || !SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, method)) return false;

        // A state machine forgets a variable at the end of its block, and a variable that a lambda captures at null.
        bool isSlot = !method.IsAsync && !Enclosing.IsIterator(root) && !IsCaptured(local, creation, root);
        if (!Variables.KeepsFirstValue(local, root) && !(isSlot && IsSetToNullInVain(local, root))) return false;
        return Deaths.AssertedOf(creation, library).Any(d => isSlot || Enclosing.IsInBlockOf(local, d));
    }

    // Unoptimized code keeps the result of `new` in the frame, beside the variable that is set to null.
    private static bool IsSetToNullInVain(ILocalSymbol local, IOperation root) =>
        Variables.Declaration(local, root) is { } declaration
        && Variables.InitialValue(declaration) is IObjectCreationOperation
        && Variables.ReferencesTo(local, root).Where(Variables.IsWrite)
            .All(r => r.Parent is ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: null } });

    private static bool IsCaptured(ILocalSymbol local, IOperation creation, IOperation root)
    {
        IOperation? function = Enclosing.Function(creation);
        return Variables.ReferencesTo(local, root).Any(r => Enclosing.Function(r) != function);
    }
}
