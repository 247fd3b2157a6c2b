using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LifetimeMonitoring.CodeFixes;

/// <summary>The fix of one rule.</summary>
public abstract class LifetimeCodeFix : CodeFixProvider
{
    private readonly string _title;

    private protected LifetimeCodeFix(string rule, string title) =>
        (_title, FixableDiagnosticIds) = (title, ImmutableArray.Create(rule));

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root) return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (Fixed(root, node) is not { } changed) continue;
            context.RegisterCodeFix(
                CodeAction.Create(_title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), _title),
                diagnostic);
        }
    }

    /// <summary>The file without the mistake; null when the fix is not certain to keep the meaning.</summary>
    private protected abstract SyntaxNode? Fixed(SyntaxNode root, SyntaxNode node);
}
