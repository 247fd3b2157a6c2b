using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeMonitoring.CodeFixes;

/// <summary>A local variable with the expression that makes its object, in a block.</summary>
internal sealed class MadeLocal
{
    private MadeLocal(BlockSyntax block, int index, string name, ExpressionSyntax making) =>
        (Block, Index, Name, Making) = (block, index, name, making);

    public BlockSyntax Block { get; }

    /// <summary>The place of the declaration among the statements of the block.</summary>
    public int Index { get; }

    public string Name { get; }

    /// <summary>The initial value, as an expression that can move into a lambda.</summary>
    public ExpressionSyntax Making { get; }

    /// <summary>The variable of this name in the same block as a statement; null when its making cannot move.</summary>
    public static MadeLocal? Before(StatementSyntax statement, string name)
    {
        if (statement.Parent is not BlockSyntax block) return null;
        for (int i = block.Statements.IndexOf(statement) - 1; i >= 0; i--)
        {
            if (block.Statements[i]
                is not LocalDeclarationStatementSyntax { Declaration: { Variables.Count: 1 } declared } declaration) continue;
            if (declared.Variables[0].Identifier.ValueText != name) continue;
            return declaration.UsingKeyword == default
                && !HasComment(declaration)
                && declared.Variables[0].Initializer?.Value is { } value
                && Movable(value, declared.Type) is { } making
                    ? new MadeLocal(block, i, name, making)
                    : null;
        }

        return null;
    }

    public IEnumerable<IdentifierNameSyntax> References(SyntaxNode within) =>
        within.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == Name);

    public static bool HasComment(SyntaxNode node) => node.DescendantTrivia().Any(t =>
        t.Kind() is not (SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia));

    private static ExpressionSyntax? Movable(ExpressionSyntax value, TypeSyntax type)
    {
        if (value.DescendantNodesAndSelf().Any(n =>
            n is AwaitExpressionSyntax or DeclarationExpressionSyntax or SingleVariableDesignationSyntax)) return null;
        if (value is not ImplicitObjectCreationExpressionSyntax made)
            return value is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax ? value : null;
        TypeSyntax named = type is NullableTypeSyntax nullable ? nullable.ElementType : type;
        return SyntaxFactory.ObjectCreationExpression(
            SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space),
            named.WithoutTrivia(),
            made.ArgumentList,
            made.Initializer);
    }
}
