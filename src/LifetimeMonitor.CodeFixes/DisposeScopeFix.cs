using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeMonitoring.CodeFixes;

/// <summary>LTM007: adds <c>using</c> to the declaration of the scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class DisposeScopeFix() : LifetimeCodeFix("LTM007", "End the scope with using")
{
    private protected override SyntaxNode? Fixed(SyntaxNode root, SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<StatementSyntax>()
            is not LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration) return null;
        SyntaxToken @using = SyntaxFactory.Token(
            declaration.GetLeadingTrivia(), SyntaxKind.UsingKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space));
        return root.ReplaceNode(declaration, declaration.WithoutLeadingTrivia().WithUsingKeyword(@using));
    }
}
