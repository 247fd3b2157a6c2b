using System.Diagnostics.CodeAnalysis;
using LifetimeMonitoring.Heap.Objects;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>
/// Whether a method table is that of one of some types, or of a type that derives from or implements one; an open
/// generic type stands for all its constructed types. Except for those types themselves, the test asks reflection,
/// which runs no code of the program, and only about proven method tables of types that cannot be unloaded.
/// </summary>
internal sealed class TypeTest(IReadOnlyList<Type> types, MethodTableProof proof, Func<ulong, bool> isCollectible)
{
    private readonly HashSet<ulong> _exact =
        [.. types.Where(t => !t.ContainsGenericParameters).Select(t => (ulong)t.TypeHandle.Value)];
    private readonly bool _isExact = types.All(t => t is { IsSealed: true, ContainsGenericParameters: false });
    private readonly Dictionary<ulong, bool> _known = [];

    public bool Matches(ulong methodTable)
    {
        if (!_known.TryGetValue(methodTable, out bool matches)) _known.Add(methodTable, matches = Ask(methodTable));
        return matches;
    }

    private bool Ask(ulong methodTable)
    {
        if (_exact.Contains(methodTable)) return true;
        if (_isExact || !proof.Proves(methodTable) || isCollectible(methodTable)) return false;
        try
        {
            return Type.GetTypeFromHandle(RuntimeTypeHandle.FromIntPtr((nint)methodTable)) is { } type
                && types.Any(t => IsOf(type, t));
        }
        catch (Exception e)
            when (e is TypeLoadException or IOException or BadImageFormatException or NotSupportedException)
        {
            return false;
        }
    }

    [UnconditionalSuppressMessage(
        "Trimming", "IL2070", Justification = "An interface that a caller asks for was not trimmed.")]
    private static bool IsOf(Type type, Type asked)
    {
        if (!asked.IsGenericTypeDefinition) return asked.IsAssignableFrom(type);
        if (asked.IsInterface) return type.GetInterfaces().Any(i => IsConstructedOf(i, asked));
        for (Type? @base = type; @base is not null; @base = @base.BaseType)
        {
            if (IsConstructedOf(@base, asked)) return true;
        }

        return false;
    }

    private static bool IsConstructedOf(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
