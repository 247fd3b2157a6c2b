using System.Runtime.CompilerServices;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Naming;

/// <summary>
/// Type names as C# writes them: <c>List&lt;Window&gt;</c>, <c>Dictionary&lt;string, Order&gt;.Entry[]</c>. The
/// namespace is shown for types outside the framework, and not for type arguments.
/// </summary>
internal static class TypeNames
{
    private const string TypeOf = "typeof(";

    // Weakly keyed, because a name must not keep a collectible assembly loaded.
    private static readonly ConditionalWeakTable<Type, string> s_names = [];

    /// <summary>The name of a type of this process.</summary>
    public static string Of(Type type) => s_names.GetValue(
        type,
        // Each Type is an object of a class that only the runtime knows.
        static t => FromRuntimeName(RuntimeTypeName.Of(typeof(Type).IsAssignableFrom(t) ? typeof(Type) : t)));

    /// <summary>
    /// Converts a name in the runtime's form, <c>Ns.Outer&lt;System.String&gt;+Inner[]</c>. Returns unparsable text as
    /// it is.
    /// </summary>
    public static string FromRuntimeName(string name) => RuntimeName.Parse(name)?.ToCSharp() ?? name;

    /// <summary>A type's name in words, without its namespace. A generic type keeps it.</summary>
    public static string WithoutNamespace(string name)
    {
        if (name.Contains('<', StringComparison.Ordinal)) return name;
        // A Type is named by the type that it stands for.
        int begin = name.StartsWith(TypeOf, StringComparison.Ordinal) ? TypeOf.Length : 0;
        return name[..begin] + name[Math.Max(begin, name.LastIndexOf('.') + 1)..];
    }
}
