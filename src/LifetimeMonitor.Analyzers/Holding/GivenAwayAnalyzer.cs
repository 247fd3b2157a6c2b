using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>
/// LTM003: the lambda of a check assigns the object, or a delegate that holds it, to a variable that lives until the
/// assertion.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GivenAwayAnalyzer() : LifetimeAnalyzer(Rules.VariableIsGivenObject)
{
    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library) =>
        context.RegisterOperationAction(c => Analyze(c, library), OperationKind.Invocation);

    private void Analyze(OperationAnalysisContext context, LibrarySymbols library)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!library.TakesFactory(call.TargetMethod)) return;
        foreach (ISimpleAssignmentOperation given in GivenIn(call).Where(g => LivesOn(g, call)))
        {
            ISymbol? variable = Variables.Of(given.Target);
            if (Deaths.AssertedOf(call, library).Any(d => variable is not ILocalSymbol local || Enclosing.IsInBlockOf(local, d)))
                context.ReportDiagnostic(At(given.Syntax, given.Target.Syntax.ToString()));
        }
    }

    private static IEnumerable<ISimpleAssignmentOperation> GivenIn(IInvocationOperation call)
    {
        if (FactoryArguments.Lambda(call, "create") is { } create)
        {
            foreach (IOperation result in FactoryArguments.ResultsOf(create))
            {
                if (result is ISimpleAssignmentOperation given) yield return given;
            }
        }

        if (FactoryArguments.Lambda(call, "use") is not { Symbol.Parameters.Length: 1 } use) yield break;
        foreach (ISimpleAssignmentOperation given in use.Body.Descendants().OfType<ISimpleAssignmentOperation>())
        {
            if (given.Parent is IExpressionStatementOperation statement
                && statement.Parent == use.Body
                && HoldsObject(given.Value, use.Symbol.Parameters[0])) yield return given;
        }
    }

    private static bool HoldsObject(IOperation value, IParameterSymbol target) => Enclosing.Bare(value) switch
    {
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, target),
        IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => Variables.ReferencesTo(target, lambda).Any(),
        IDelegateCreationOperation { Target: IMethodReferenceOperation { Method.IsStatic: false } method } =>
            Variables.ReferencesTo(target, method).Any(r => r == Enclosing.Bare(method.Instance)),
        _ => false,
    };

    // A local variable of the method around the call, which nothing else writes.
    private static bool LivesOn(ISimpleAssignmentOperation given, IInvocationOperation call)
    {
        if (given.IsRef || Variables.Of(given.Target) is not { } variable || given.Type is not { IsReferenceType: true }) return false;
        IOperation root = Enclosing.Root(call);
        return Enclosing.Function(given) is IAnonymousFunctionOperation lambda
            && variable is ILocalSymbol or IParameterSymbol { RefKind: RefKind.None }
            && Holders.IsOutside(variable, lambda)
            && Variables.ReferencesTo(variable, root).Where(Variables.IsWrite).All(w => w == given.Target);
    }
}
