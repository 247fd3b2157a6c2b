using System.Runtime.CompilerServices;
using LifetimeMonitor.Heap.Types;

namespace LifetimeMonitor.Naming;

/// <summary>
/// Type names as C# writes them: <c>List&lt;Window&gt;</c>, <c>Dictionary&lt;string, Order&gt;.Entry[]</c>. The namespace is shown for
/// types that are not the framework's, and not for type arguments.
/// </summary>
internal static class TypeNames
{
    // Weakly keyed: a name must not keep a collectible assembly loaded.
    private static readonly ConditionalWeakTable<Type, string> s_names = [];

    /// <summary>The name of a type of this process.</summary>
    public static string Of(Type type) => s_names.GetValue(type, static t => FromRuntimeName(RuntimeTypeName.Of(t)));

    /// <summary>The name from one in the runtime's words, <c>Ns.Outer&lt;System.String&gt;+Inner[]</c>; words that make no sense are returned as they are.</summary>
    public static string FromRuntimeName(string name) => RuntimeName.Parse(name)?.ToCSharp() ?? name;
}
