using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>Knows the members of LifetimeMonitor and of its adapters, by type and name.</summary>
internal sealed class LibrarySymbols
{
    private readonly INamedTypeSymbol _scope;
    private readonly INamedTypeSymbol _options;

    private LibrarySymbols(INamedTypeSymbol monitor, INamedTypeSymbol scope, INamedTypeSymbol options) =>
        (Monitor, _scope, _options) = (monitor, scope, options);

    public INamedTypeSymbol Monitor { get; }

    /// <summary>Null when the compilation does not reference the library.</summary>
    public static LibrarySymbols? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("LifetimeMonitoring.LifeTimeMonitor") is { } monitor
        && compilation.GetTypeByMetadataName("LifetimeMonitoring.LifetimeScope") is { } scope
        && compilation.GetTypeByMetadataName("LifetimeMonitoring.LifetimeOptions") is { } options
            ? new LibrarySymbols(monitor, scope, options)
            : null;

    public bool IsMonitor(ITypeSymbol? type) => Same(type, Monitor);

    public bool IsScope(ITypeSymbol? type) => Same(type, _scope);

    public bool IsOptions(ITypeSymbol? type) => Same(type, _options);

    public bool IsOfMonitor(IMethodSymbol method) => Same(method.ContainingType, Monitor);

    public bool IsOfScope(IMethodSymbol method) => Same(method.ContainingType, _scope);

    /// <summary>
    /// Whether a value of the type is certainly an object itself, and not a monitor, report, weak reference or delegate.
    /// </summary>
    public bool IsPlainObject(ITypeSymbol type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Array, SpecialType: not SpecialType.System_Object }
        && !IsMonitor(type)
        && !TypeNames.OfTypeAndBases(type).Any(n => n is "WeakReference" or "LifetimeReport" or "Task" or "Delegate");

    /// <summary>A method of an adapter: <c>Assert.Collected</c>, <c>Assert.That.IsCollected</c> and others.</summary>
    public static bool IsOfAdapter(ISymbol member) =>
        member.ContainingAssembly is { } assembly
        && assembly.Name.StartsWith("LifetimeMonitor.", StringComparison.Ordinal)
        && Outermost(member) is { ContainingNamespace: { } space }
        && space.ToDisplayString().StartsWith("LifetimeMonitoring.", StringComparison.Ordinal);

    /// <summary>A method whose parameter <c>create</c> makes the object that is watched.</summary>
    public bool TakesFactory(IMethodSymbol method) => method.Name switch
    {
        "Track" or "TrackAsync" or "AssertUnloaded" or "AssertUnloadedAsync" => IsOfMonitor(method),
        "Collected" or "CollectedAsync" or "IsCollected" or "IsCollectedAsync" =>
            IsOfAdapter(method) && method.Parameters.Any(p => p.Name == "create"),
        _ => false,
    };

    /// <summary>A method that makes the object, watches it and asserts that it is dead.</summary>
    public bool AssertsOwnObject(IMethodSymbol method) => TakesFactory(method) && method.Name is not ("Track" or "TrackAsync");

    /// <summary>A constructor or method whose result is a monitor of an object.</summary>
    public bool MakesMonitor(IOperation operation) => operation switch
    {
        IObjectCreationOperation { Type: { } type } => IsMonitor(type),
        IInvocationOperation { TargetMethod: { Name: "Track" or "TrackAsync" } method } => IsOfMonitor(method),
        _ => false,
    };

    private static INamedTypeSymbol? Outermost(ISymbol member)
    {
        INamedTypeSymbol? type = member.ContainingType;
        while (type?.ContainingType is { } outer) type = outer;
        return type;
    }

    private static bool Same(ITypeSymbol? type, INamedTypeSymbol known) =>
        SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, known);
}
