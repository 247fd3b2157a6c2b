using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>
/// LTM005: a test makes a monitor, nothing reads it, and no scope can surround the test. It reports at the end, when
/// it knows that no set-up of the assembly opens a scope.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnaskedMonitorAnalyzer() : LifetimeAnalyzer(Rules.NothingAsksMonitor)
{
    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library)
    {
        ConcurrentQueue<IOperation> unasked = new();
        ConcurrentQueue<ISymbol> openers = new();
        context.RegisterOperationAction(
            c => Collect(c, library, unasked, openers),
            OperationKind.Invocation,
            OperationKind.ObjectCreation);
        context.RegisterCompilationEndAction(c =>
        {
            if (!openers.IsEmpty) return;
            foreach (IOperation monitor in unasked) c.ReportDiagnostic(At(monitor.Syntax));
        });
    }

    private static void Collect(
        OperationAnalysisContext context, LibrarySymbols library, ConcurrentQueue<IOperation> unasked, ConcurrentQueue<ISymbol> openers)
    {
        IOperation operation = context.Operation;
        bool isTest = TestMethods.IsTest(context.ContainingSymbol);
        if (OpensScope(operation, library) && !isTest) openers.Enqueue(context.ContainingSymbol);
        if (!isTest || !library.MakesMonitor(operation) || Enclosing.Function(operation) is not null) return;
        if (!IsUnasked(operation) || Enclosing.MayBeCaught(operation)) return;
        if (Enclosing.Root(operation).Descendants().Any(o => OpensScope(o, library))) return;
        if (!TestMethods.MayHaveScope(context.ContainingSymbol, context.Compilation.Assembly)) unasked.Enqueue(operation);
    }

    private static bool OpensScope(IOperation operation, LibrarySymbols library) =>
        operation is IObjectCreationOperation creation
            ? library.IsScope(creation.Type)
            : operation is IInvocationOperation call && library.IsOfScope(call.TargetMethod);

    private static bool IsUnasked(IOperation monitor)
    {
        // LTM004 tells of a task that is dropped.
        if (monitor is IInvocationOperation { TargetMethod.Name: "TrackAsync" } && !Results.IsAwaited(monitor)) return false;
        IOperation carried = Results.Carried(monitor);
        if (carried.Parent is IExpressionStatementOperation) return true;
        return carried.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declared }
            && !Variables.ReferencesTo(declared.Symbol, Enclosing.Root(monitor)).Any();
    }
}
