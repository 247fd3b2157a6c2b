using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>The lambdas that a method of the library is given.</summary>
internal static class FactoryArguments
{
    /// <summary>The lambda that is the argument of a parameter, or null.</summary>
    public static IAnonymousFunctionOperation? Lambda(IInvocationOperation invocation, params string[] parameters) =>
        Of(invocation.Arguments.FirstOrDefault(a => parameters.Contains(a.Parameter?.Name))?.Value);

    /// <summary>The factory of <c>Assert.That(() => new Dialog(), Is.Collected)</c>, or null.</summary>
    public static IAnonymousFunctionOperation? OfConstraint(IInvocationOperation invocation) =>
        CollectedConstraints.IsAsked(invocation) ? Of(invocation.Arguments[0].Value) : null;

    /// <summary>The results of a lambda, without those of lambdas in it.</summary>
    public static IEnumerable<IOperation> ResultsOf(IAnonymousFunctionOperation lambda) => lambda.Body.Descendants()
        .OfType<IReturnOperation>()
        .Where(r => Enclosing.Function(r) == lambda)
        .Select(r => Enclosing.Bare(r.ReturnedValue))
        .OfType<IOperation>();

    private static IAnonymousFunctionOperation? Of(IOperation? value) => Enclosing.Bare(value) switch
    {
        IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => lambda,
        IAnonymousFunctionOperation lambda => lambda,
        _ => null,
    };
}
