using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace LifetimeMonitoring.CodeFixes;

/// <summary>LTM002: <c>Track(() => new Dialog(), use: dialog => dialog.Close())</c> instead of the variable.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MakeInsideTrackFix() : LifetimeCodeFix("LTM002", "Create the object inside Track")
{
    private protected override SyntaxNode? Fixed(SyntaxNode root, SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>()
                is not { ArgumentList.Arguments: { Count: 1 } arguments } creation
            || arguments[0].Expression is not IdentifierNameSyntax variable
            || Declaring(creation) is not { } statement
            || MadeLocal.Before(statement, variable.Identifier.ValueText) is not { } made
            || UsesOf(made, statement) is not { } uses) return null;
        InvocationExpressionSyntax track = Track(creation, made, uses.Statements);
        StatementSyntax replacement = statement.ReplaceNode(creation, track.WithTriviaFrom(creation))
            .WithLeadingTrivia(made.Block.Statements[made.Index].GetLeadingTrivia())
            .WithAdditionalAnnotations(Formatter.Annotation);
        IEnumerable<StatementSyntax> statements = made.Block.Statements.Take(made.Index)
            .Append(replacement)
            .Concat(made.Block.Statements.Skip(uses.Last + 1));
        return root.ReplaceNode(made.Block, made.Block.WithStatements(SyntaxFactory.List(statements)));
    }

    private static LocalDeclarationStatementSyntax? Declaring(ExpressionSyntax creation) =>
        creation.Parent?.Parent?.Parent?.Parent is LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration
        && creation.Parent is EqualsValueClauseSyntax
            ? declaration
            : null;

    // The statements that use the object. Null when another statement is among them, whose order would change.
    private static (List<ExpressionSyntax> Statements, int Last)? UsesOf(MadeLocal made, StatementSyntax monitor)
    {
        SyntaxList<StatementSyntax> all = made.Block.Statements;
        int last = all.IndexOf(all.Last(s => made.References(s).Any()));
        List<ExpressionSyntax> uses = [];
        for (int i = made.Index + 1; i <= last; i++)
        {
            if (MadeLocal.HasComment(all[i])) return null;
            if (all[i] == monitor || IsSetToNull(all[i], made)) continue;
            if (Use(all[i], made) is not { } use) return null;
            uses.Add(use);
        }

        return (uses, Math.Max(last, all.IndexOf(monitor)));
    }

    private static bool IsSetToNull(StatementSyntax statement, MadeLocal made) =>
        statement is ExpressionStatementSyntax
        {
            Expression: AssignmentExpressionSyntax
            {
                Left: IdentifierNameSyntax left,
                Right.RawKind: (int)SyntaxKind.NullLiteralExpression,
            },
        } && left.Identifier.ValueText == made.Name;

    private static ExpressionSyntax? Use(StatementSyntax statement, MadeLocal made) =>
        statement is ExpressionStatementSyntax { Expression: { } expression }
        && made.References(expression).Any()
        && !expression.DescendantNodesAndSelf().Any(n => n is AwaitExpressionSyntax or DeclarationExpressionSyntax)
        && expression is InvocationExpressionSyntax
            or ConditionalAccessExpressionSyntax
            or AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax }
            ? expression.WithoutTrivia()
            : null;

    private static InvocationExpressionSyntax Track(
        BaseObjectCreationExpressionSyntax creation, MadeLocal made, List<ExpressionSyntax> uses)
    {
        string type = creation is ObjectCreationExpressionSyntax named ? named.Type.ToString() : "LifeTimeMonitor";
        string use = uses.Count switch
        {
            0 => "",
            1 => $", use: {made.Name} => {uses[0]}",
            _ => $", use: {made.Name} => {{ {string.Concat(uses.Select(u => $"{u}; "))}}}",
        };
        return (InvocationExpressionSyntax)SyntaxFactory.ParseExpression($"{type}.Track(() => {made.Making.WithoutTrivia()}{use})");
    }
}
