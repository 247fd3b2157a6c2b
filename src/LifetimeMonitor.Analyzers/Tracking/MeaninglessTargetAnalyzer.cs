using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>LTM009: the tracked object is a boxed value, a string literal or a <c>typeof</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MeaninglessTargetAnalyzer() : LifetimeAnalyzer(Rules.LifetimeProvesNothing)
{
    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library) =>
        context.RegisterOperationAction(c => Analyze(c, library), OperationKind.Invocation, OperationKind.ObjectCreation);

    private void Analyze(OperationAnalysisContext context, LibrarySymbols library)
    {
        foreach (IOperation target in TargetsOf(context.Operation, library))
        {
            if (Meaningless(target) is not { } kind) continue;
            if (!Enclosing.RunsDirectly(context.Operation, library) || Enclosing.MayBeCaught(context.Operation)) return;
            context.ReportDiagnostic(At(target.Syntax, kind));
        }
    }

    private static IEnumerable<IOperation> TargetsOf(IOperation operation, LibrarySymbols library) => operation switch
    {
        IObjectCreationOperation creation when library.IsMonitor(creation.Type) => Target(creation.Arguments),
        IInvocationOperation { TargetMethod.Name: "Track" or "Watch" } call when library.IsOfScope(call.TargetMethod) =>
            Target(call.Arguments),
        IInvocationOperation call when library.TakesFactory(call.TargetMethod) =>
            FactoryArguments.Lambda(call, "create") is { } lambda ? FactoryArguments.ResultsOf(lambda) : [],
        _ => [],
    };

    private static IEnumerable<IOperation> Target(ImmutableArray<IArgumentOperation> arguments) =>
        arguments.Where(a => a.Parameter?.Name == "target").Select(a => Enclosing.Bare(a.Value)).OfType<IOperation>();

    private static string? Meaningless(IOperation target) => target switch
    {
        { Type: { IsValueType: true, TypeKind: not TypeKind.TypeParameter } type } => $"a value of type {type.ToDisplayString()}",
        { ConstantValue: { HasValue: true, Value: string } } => "a string literal",
        ITypeOfOperation { TypeOperand.TypeKind: not TypeKind.TypeParameter } => "a type",
        _ => null,
    };
}
