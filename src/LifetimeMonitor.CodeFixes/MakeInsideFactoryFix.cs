using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeMonitoring.CodeFixes;

/// <summary>LTM001: moves the making of the object into the factory that returns the variable.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MakeInsideFactoryFix() : LifetimeCodeFix("LTM001", "Create the object inside the factory")
{
    private protected override SyntaxNode? Fixed(SyntaxNode root, SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<IdentifierNameSyntax>() is not { } variable
            || variable.FirstAncestorOrSelf<StatementSyntax>(s => s.Parent is BlockSyntax { Parent: MemberDeclarationSyntax })
                is not { } statement
            || MadeLocal.Before(statement, variable.Identifier.ValueText) is not { } made) return null;

        // With a statement in between, the object would be made later than before.
        SyntaxList<StatementSyntax> all = made.Block.Statements;
        if (all.IndexOf(statement) != made.Index + 1 || made.References(made.Block).Count() != 1) return null;
        StatementSyntax replacement = statement
            .ReplaceNode(variable, made.Making.WithTriviaFrom(variable))
            .WithLeadingTrivia(all[made.Index].GetLeadingTrivia());
        return root.ReplaceNode(made.Block, made.Block.WithStatements(SyntaxFactory.List(
            all.Take(made.Index).Append(replacement).Concat(all.Skip(made.Index + 2)))));
    }
}
