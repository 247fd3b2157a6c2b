using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeMonitoring.CodeFixes;

/// <summary>LTM004: adds <c>await</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AwaitAssertionFix() : LifetimeCodeFix("LTM004", "Await the assertion")
{
    private protected override SyntaxNode? Fixed(SyntaxNode root, SyntaxNode node)
    {
        ExpressionSyntax? whole = node as ExpressionSyntax;
        while (whole?.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax configured }) whole = configured;
        return whole?.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax ? Awaiting.Add(root, whole, whole) : null;
    }
}
