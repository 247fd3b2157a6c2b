using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeMonitoring.CodeFixes;

/// <summary>LTM013: awaits the asynchronous assertion.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AssertAsynchronouslyFix() : LifetimeCodeFix("LTM013", "Await the asynchronous assertion")
{
    private protected override SyntaxNode? Fixed(SyntaxNode root, SyntaxNode node) =>
        node is InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } call
        && Renaming.NameOf(call) is { } name
        && Renaming.To(call, name + "Async") is { } changed
            ? Awaiting.Add(root, call, changed)
            : null;
}
