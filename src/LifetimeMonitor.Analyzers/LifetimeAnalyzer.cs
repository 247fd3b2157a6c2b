using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeMonitoring.Analyzers;

/// <summary>One rule. A compilation without a reference to LifetimeMonitor costs one look-up.</summary>
public abstract class LifetimeAnalyzer : DiagnosticAnalyzer
{
    private readonly DiagnosticDescriptor _rule;

    private protected LifetimeAnalyzer(DiagnosticDescriptor rule) =>
        (_rule, SupportedDiagnostics) = (rule, ImmutableArray.Create(rule));

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        if (context is null) throw new ArgumentNullException(nameof(context));
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (LibrarySymbols.Of(start.Compilation) is { } library) Register(start, library);
        });
    }

    private protected abstract void Register(CompilationStartAnalysisContext context, LibrarySymbols library);

    private protected Diagnostic At(SyntaxNode syntax, params object?[] arguments) =>
        Diagnostic.Create(_rule, syntax.GetLocation(), arguments);
}
