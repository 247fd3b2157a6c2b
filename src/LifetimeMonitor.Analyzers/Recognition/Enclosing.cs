using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>The code around an operation.</summary>
internal static class Enclosing
{
    /// <summary>The lambda or local function around an operation; null directly in a method.</summary>
    public static IOperation? Function(IOperation operation)
    {
        IOperation? around = operation.Parent;
        while (around is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation)) around = around.Parent;
        return around;
    }

    /// <summary>The lambda, local function or method around an operation.</summary>
    public static IMethodSymbol? Method(IOperation operation, ISymbol containing) => Function(operation) switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        ILocalFunctionOperation local => local.Symbol,
        _ => containing as IMethodSymbol,
    };

    public static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent) operation = parent;
        return operation;
    }

    /// <summary>
    /// Whether the code runs as a part of the method itself: directly in it, or in the body that
    /// <c>LifetimeScope.Run</c> calls. Another lambda may run at any time, and may be one that a test expects to throw.
    /// </summary>
    public static bool RunsDirectly(IOperation operation, LibrarySymbols library)
    {
        if (Function(operation) is not { } function) return true;
        return function is IAnonymousFunctionOperation
            && function.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } }
            && call.TargetMethod.Name is "Run" or "RunAsync"
            && library.IsOfScope(call.TargetMethod)
            && RunsDirectly(call, library);
    }

    /// <summary>Whether a <c>catch</c> in the same method can take the failure.</summary>
    public static bool MayBeCaught(IOperation operation)
    {
        for (IOperation? inner = operation, around = operation.Parent; around is not null; inner = around, around = around.Parent)
        {
            if (around is ITryOperation { Catches.Length: > 0 } attempt && attempt.Body == inner) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the code is in the block that declares a local variable. A state machine or closure keeps it that long.
    /// </summary>
    public static bool IsInBlockOf(ILocalSymbol local, IOperation operation)
    {
        for (IOperation? around = operation; around is not null; around = around.Parent)
        {
            if (around is IBlockOperation block && block.Locals.Contains(local, SymbolEqualityComparer.Default)) return true;
        }

        return false;
    }

    public static bool IsIterator(IOperation root) =>
        root.Descendants().Any(o => o.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak);

    /// <summary>The operation without conversions and parentheses.</summary>
    public static IOperation? Bare(IOperation? operation)
    {
        while (true)
        {
            if (operation is IConversionOperation { OperatorMethod: null } conversion) operation = conversion.Operand;
            else if (operation is IParenthesizedOperation parenthesized) operation = parenthesized.Operand;
            else return operation;
        }
    }
}
