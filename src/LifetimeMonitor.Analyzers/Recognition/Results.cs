using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>Follows the result of an expression to its use.</summary>
internal static class Results
{
    /// <summary>The outermost operation with the same value: conversions, <c>await</c> and <c>ConfigureAwait</c>.</summary>
    public static IOperation Carried(IOperation operation)
    {
        while (true)
        {
            switch (operation.Parent)
            {
                case IConversionOperation { OperatorMethod: null } or IParenthesizedOperation or IAwaitOperation:
                    operation = operation.Parent;
                    break;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured when configured.Instance == operation:
                    operation = configured;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>Whether the result, perhaps with <c>ConfigureAwait</c>, is a statement of its own.</summary>
    public static bool IsDropped(IOperation operation) => Carried(operation).Parent is IExpressionStatementOperation;

    public static bool IsAwaited(IOperation operation)
    {
        IOperation carried = Carried(operation);
        for (IOperation? inner = operation; inner is not null; inner = inner.Parent)
        {
            if (inner is IAwaitOperation) return true;
            if (inner == carried) return false;
        }

        return false;
    }
}
