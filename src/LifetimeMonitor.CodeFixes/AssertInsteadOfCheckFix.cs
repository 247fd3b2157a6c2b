using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LifetimeMonitoring.CodeFixes;

/// <summary>LTM006: calls the assertion instead of the check.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AssertInsteadOfCheckFix() : LifetimeCodeFix("LTM006", "Assert that the object is dead")
{
    private protected override SyntaxNode? Fixed(SyntaxNode root, SyntaxNode node)
    {
        if (node is not InvocationExpressionSyntax call) return null;
        string? assertion = Renaming.NameOf(call) switch
        {
            "Check" => "AssertDead",
            "CheckAsync" => "AssertDeadAsync",
            "CheckAll" => "AssertAllDead",
            "CheckAllAsync" => "AssertAllDeadAsync",
            _ => null,
        };
        return assertion is not null && Renaming.To(call, assertion) is { } changed ? root.ReplaceNode(call, changed) : null;
    }
}
