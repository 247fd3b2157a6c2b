using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LifetimeMonitoring.Analyzers;

/// <summary>LTM011: a test class of MSTest has the claim, and its attribute does not watch its tests.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnwatchedTestClassAnalyzer() : LifetimeAnalyzer(Rules.TestIsNotWatched)
{
    private const string
        TestClass = "Microsoft.VisualStudio.TestTools.UnitTesting.TestClassAttribute",
        TestMethod = "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute",
        Watched = "LifetimeMonitoring.MSTest.LifetimeTestClassAttribute",
        Claim = "LifetimeMonitoring.MSTest.MustBeCollectedAttribute";

    private protected override void Register(CompilationStartAnalysisContext context, LibrarySymbols library)
    {
        if (context.Compilation.GetTypeByMetadataName(Claim) is not null) context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private void Analyze(SymbolAnalysisContext context)
    {
        if (context.Symbol is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false } type) return;
        if (AttributeOf(type, TestClass) is not { ApplicationSyntaxReference: { } reference }) return;
        if (AttributeOf(type, Watched) is not null) return;
        if (!IsClaimed(type)) return;
        context.ReportDiagnostic(At(reference.GetSyntax(context.CancellationToken), type.Name));
    }

    private static bool IsClaimed(INamedTypeSymbol type)
    {
        IMethodSymbol[] tests = [.. type.GetMembers().OfType<IMethodSymbol>().Where(m => AttributeOf(m, TestMethod) is not null)];
        return tests.Any(t => (AttributeOf(t, Claim) ?? AttributeOf(type, Claim)) is { } claim && !IsSkipped(claim));
    }

    private static AttributeData? AttributeOf(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => TypeNames.IsOrDerivesFrom(a.AttributeClass, name));

    private static bool IsSkipped(AttributeData claim) => claim.NamedArguments.Any(a => a.Key == "Skip");
}
