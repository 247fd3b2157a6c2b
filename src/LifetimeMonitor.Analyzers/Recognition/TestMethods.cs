using Microsoft.CodeAnalysis;

namespace LifetimeMonitoring.Analyzers;

/// <summary>Tells tests, by the attributes of the frameworks, and whether a scope may surround them.</summary>
internal static class TestMethods
{
    public static bool IsTest(ISymbol member) => member is IMethodSymbol && member.GetAttributes().Any(a => TypeNames
        .OfTypeAndBases(a.AttributeClass)
        .Any(n => n is "FactAttribute" or "TestAttribute" or "TestCaseAttribute" or "TestCaseSourceAttribute" or "TestMethodAttribute"));

    /// <summary>
    /// Whether an attribute or a base type can open a scope around the test: one of ours, or one of an assembly that
    /// uses the library.
    /// </summary>
    public static bool MayHaveScope(ISymbol test, IAssemblySymbol tests)
    {
        for (ISymbol? around = test; around is not (null or INamespaceSymbol); around = around.ContainingSymbol)
        {
            IEnumerable<ISymbol> parts = around is ITypeSymbol type ? TypeNames.Bases(type) : [around];
            if (parts.Any(p => UsesLibrary(p, tests) || HasSuchAttribute(p, tests))) return true;
        }

        return HasSuchAttribute(tests, tests);
    }

    private static bool HasSuchAttribute(ISymbol symbol, IAssemblySymbol tests) =>
        symbol.GetAttributes().Any(a => TypeNames.Bases(a.AttributeClass).Any(t => UsesLibrary(t, tests)));

    private static bool UsesLibrary(ISymbol symbol, IAssemblySymbol tests) =>
        symbol.ContainingAssembly is { } assembly
        && !SymbolEqualityComparer.Default.Equals(assembly, tests)
        && (IsLibrary(assembly.Name) || assembly.Modules.Any(m => m.ReferencedAssemblies.Any(r => IsLibrary(r.Name))));

    private static bool IsLibrary(string assembly) =>
        assembly == "LifetimeMonitor" || assembly.StartsWith("LifetimeMonitor.", StringComparison.Ordinal);
}
