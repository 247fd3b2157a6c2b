using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>The constraint of NUnit: <c>Assert.That(…, Is.Collected)</c>.</summary>
internal static class CollectedConstraints
{
    /// <summary>
    /// Whether the assertion asks the plain constraint. Within an expression (<c>Has.All.Collected</c>) the constraint
    /// is asked of other objects.
    /// </summary>
    public static bool IsAsked(IInvocationOperation invocation) =>
        invocation.TargetMethod is { Name: "That" or "ThatAsync", ContainingType.Name: "Assert" } method
        && method.ContainingNamespace.ToDisplayString() == "NUnit.Framework"
        && invocation.Arguments.Length >= 2
        && IsPlain(Enclosing.Bare(invocation.Arguments[1].Value));

    private static bool IsPlain(IOperation? constraint) =>
        constraint is IPropertyReferenceOperation { Instance: null, Property: { Name: "Collected" or "Constraint" } property }
        && property.Type.Name == "CollectedConstraint"
        && LibrarySymbols.IsOfAdapter(property);
}
