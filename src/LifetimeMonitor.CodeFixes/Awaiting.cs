using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace LifetimeMonitoring.CodeFixes;

/// <summary>Puts <c>await</c> before an expression, and makes the method async that surrounds it.</summary>
internal static class Awaiting
{
    private static readonly TypeSyntax s_task = SyntaxFactory.ParseTypeName("global::System.Threading.Tasks.Task")
        .WithAdditionalAnnotations(Simplifier.Annotation);

    /// <summary>Null where the surrounding code cannot become async by adding a word.</summary>
    public static SyntaxNode? Add(SyntaxNode root, ExpressionSyntax expression, ExpressionSyntax replacement)
    {
        ExpressionSyntax awaited = SyntaxFactory.AwaitExpression(replacement.WithoutTrivia()).WithTriviaFrom(expression)
            .WithAdditionalAnnotations(Formatter.Annotation);
        SyntaxNode? function = expression.Ancestors().FirstOrDefault(a =>
            a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);
        switch (function)
        {
            case AnonymousFunctionExpressionSyntax lambda when lambda.AsyncKeyword != default:
            case MethodDeclarationSyntax asynchronous when asynchronous.Modifiers.Any(SyntaxKind.AsyncKeyword):
            case LocalFunctionStatementSyntax local when local.Modifiers.Any(SyntaxKind.AsyncKeyword):
            case GlobalStatementSyntax:
                return root.ReplaceNode(expression, awaited);
            case MethodDeclarationSyntax method when CanBecomeAsync(method):
                return root.ReplaceNode(method, Asynchronous(method.ReplaceNode(expression, awaited)));
            default:
                return null;
        }
    }

    private static bool CanBecomeAsync(MethodDeclarationSyntax method) =>
        method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
        && method.ExplicitInterfaceSpecifier is null
        && method.ParameterList.Parameters.All(p => p.Modifiers.Count == 0)
        && !method.Modifiers.Any(m => m.Kind() is SyntaxKind.OverrideKeyword or SyntaxKind.VirtualKeyword or SyntaxKind.PartialKeyword)
        && !method.DescendantNodes().Any(n => n is YieldStatementSyntax)
        && method.AttributeLists.Count > 0;

    private static MethodDeclarationSyntax Asynchronous(MethodDeclarationSyntax method) => method
        .WithReturnType(s_task.WithTriviaFrom(method.ReturnType).WithLeadingTrivia())
        .AddModifiers(SyntaxFactory.Token(
            method.Modifiers.Count == 0 ? method.ReturnType.GetLeadingTrivia() : default,
            SyntaxKind.AsyncKeyword,
            SyntaxFactory.TriviaList(SyntaxFactory.Space)));
}
