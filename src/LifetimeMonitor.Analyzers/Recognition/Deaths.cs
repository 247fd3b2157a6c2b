using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>
/// The assertions that an object is dead, of a monitor that a method makes, within the same method. Only assertions
/// that must pass count: not those in a lambda, in a try with a catch, or with options that may excuse a holder.
/// </summary>
internal static class Deaths
{
    public static IEnumerable<IInvocationOperation> AssertedOf(IOperation tracking, LibrarySymbols library)
    {
        IOperation? function = Enclosing.Function(tracking);
        return Candidates(tracking, library).Where(a =>
            Enclosing.Function(a) == function
            && Enclosing.RunsDirectly(a, library)
            && !Enclosing.MayBeCaught(a)
            && !a.Arguments.Any(o => MayExcuse(o, library)));
    }

    /// <summary>The monitor that an assertion asks, or null when it is no such assertion.</summary>
    public static IOperation? MonitorOf(IInvocationOperation invocation, LibrarySymbols library)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (method.Name is "AssertDead" or "AssertDeadAsync" && library.IsOfMonitor(method)) return invocation.Instance;
        if (method.Name is "Collected" or "CollectedAsync" or "IsCollected" or "IsCollectedAsync" && LibrarySymbols.IsOfAdapter(method))
            return invocation.Arguments.FirstOrDefault(a => library.IsMonitor(a.Parameter?.Type))?.Value;
        return CollectedConstraints.IsAsked(invocation) ? invocation.Arguments[0].Value : null;
    }

    private static IEnumerable<IInvocationOperation> Candidates(IOperation tracking, LibrarySymbols library)
    {
        if (tracking is IInvocationOperation own && library.AssertsOwnObject(own.TargetMethod)) return [own];
        if (Asking(tracking, library) is { } direct) return [direct];
        if (Results.Carried(tracking).Parent
            is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declared }) return [];
        IOperation root = Enclosing.Root(tracking);
        if (!Variables.KeepsFirstValue(declared.Symbol, root)) return [];
        return Variables.ReferencesTo(declared.Symbol, root).Select(r => Asking(r, library)).OfType<IInvocationOperation>();
    }

    private static IInvocationOperation? Asking(IOperation monitor, LibrarySymbols library)
    {
        IOperation carried = Results.Carried(monitor);
        IInvocationOperation? call = carried.Parent as IInvocationOperation
            ?? (carried.Parent as IArgumentOperation)?.Parent as IInvocationOperation;
        return call is not null && MonitorOf(call, library) is { } asked && Enclosing.Bare(asked) == Enclosing.Bare(carried) ? call : null;
    }

    private static bool MayExcuse(IArgumentOperation argument, LibrarySymbols library) =>
        library.IsOptions(argument.Parameter?.Type)
        && argument.ArgumentKind != ArgumentKind.DefaultValue
        && !argument.Value.ConstantValue.HasValue
        && (Enclosing.Bare(argument.Value) is not IObjectCreationOperation made
            || made.Syntax.ToString().Contains("KnownHolders"));
}
