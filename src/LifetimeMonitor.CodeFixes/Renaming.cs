using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeMonitoring.CodeFixes;

/// <summary>Calls another method with the same arguments.</summary>
internal static class Renaming
{
    public static string? NameOf(InvocationExpressionSyntax call) =>
        (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;

    public static InvocationExpressionSyntax? To(InvocationExpressionSyntax call, string name) =>
        call.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax former } access
            ? call.WithExpression(access.WithName(SyntaxFactory.IdentifierName(name).WithTriviaFrom(former)))
            : null;
}
