using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>Asks reflection where the DAC is inexact, only for proven method tables that cannot be unloaded.</summary>
internal static class ExactTypes
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The method table of the struct in a field, or null.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A field that was trimmed is in no object.")]
    public static ulong? OfField(ulong holder, string? field)
    {
        if (field is null) return null;
        try
        {
            for (Type? type = Type.GetTypeFromHandle(RuntimeTypeHandle.FromIntPtr((nint)holder));
                type is not null;
                type = type.BaseType)
            {
                if (type.GetField(field, Declared) is { } found)
                    return found.FieldType.IsValueType ? (ulong)found.FieldType.TypeHandle.Value : null;
            }

            return null;
        }
        catch (Exception e) when (e is AmbiguousMatchException or TypeLoadException or IOException
            or BadImageFormatException or NotSupportedException)
        {
            return null;
        }
    }
}
