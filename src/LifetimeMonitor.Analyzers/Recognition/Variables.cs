using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>The uses of a local variable or parameter within its method.</summary>
internal static class Variables
{
    public static IEnumerable<IOperation> ReferencesTo(ISymbol variable, IOperation root) =>
        root.DescendantsAndSelf().Where(o => SymbolEqualityComparer.Default.Equals(Of(o), variable));

    /// <summary>The local variable or parameter that an operation reads or writes.</summary>
    public static ISymbol? Of(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation { IsDeclaration: false } local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>Whether the variable keeps its first value.</summary>
    public static bool KeepsFirstValue(ISymbol variable, IOperation root) =>
        variable is not (ILocalSymbol { RefKind: not RefKind.None } or IParameterSymbol { RefKind: not RefKind.None })
        && !ReferencesTo(variable, root).Any(IsWrite);

    public static bool IsWrite(IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        IAddressOfOperation => true,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } tuple => deconstruction.Target == tuple,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } } => true,
        _ => false,
    };

    /// <summary>The initial value in the declaration of a local variable.</summary>
    public static IVariableDeclaratorOperation? Declaration(ILocalSymbol variable, IOperation root) =>
        root.DescendantsAndSelf().OfType<IVariableDeclaratorOperation>()
            .FirstOrDefault(d => SymbolEqualityComparer.Default.Equals(d.Symbol, variable));

    public static IOperation? InitialValue(IVariableDeclaratorOperation declaration) =>
        Enclosing.Bare((declaration.Initializer ?? (declaration.Parent as IVariableDeclarationOperation)?.Initializer)?.Value);
}
