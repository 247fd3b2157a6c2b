using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace LifetimeMonitoring.CodeFixes;

/// <summary>LTM011: writes the attribute that lets MSTest watch the class.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class WatchTestClassFix() : LifetimeCodeFix("LTM011", "Write [LifetimeTestClass] on the class")
{
    // Another attribute may do more than MSTest's own.
    private protected override SyntaxNode? Fixed(SyntaxNode root, SyntaxNode node) =>
        node.FirstAncestorOrSelf<AttributeSyntax>() is { ArgumentList: null } attribute
        && attribute.Name.ToString().Split('.').Last() is "TestClass" or "TestClassAttribute"
            ? root.ReplaceNode(attribute, attribute.WithName(SyntaxFactory
                .ParseName("global::LifetimeMonitoring.MSTest.LifetimeTestClass")
                .WithTriviaFrom(attribute.Name)
                .WithAdditionalAnnotations(Simplifier.Annotation)))
            : null;
}
