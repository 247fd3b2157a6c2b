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
        static t => Box(RuntimeTypeName.Of(t)) ?? FromRuntimeName(RuntimeTypeName.Of(Known(t))));

    /// <summary>
    /// Converts a name in the runtime's form, <c>Ns.Outer&lt;System.String&gt;+Inner[]</c>. Returns unparsable text as
    /// it is.
    /// </summary>
    public static string FromRuntimeName(string name) => RuntimeName.Parse(name)?.ToCSharp() ?? name;

    /// <summary>A type's name in words, without its namespace.</summary>
    public static string WithoutNamespace(string name)
    {
        if (IsOfCode(name) || name.StartsWith('(')) return name;
        int arguments = name.IndexOf('<', StringComparison.Ordinal);
        if (arguments > 0) return WithoutNamespace(name[..arguments]) + name[arguments..];
        // A Type is named by the type that it stands for.
        int begin = name.StartsWith(TypeOf, StringComparison.Ordinal) ? TypeOf.Length : 0;
        return name[..begin] + name[Math.Max(begin, name.LastIndexOf('.') + 1)..];
    }

    // async View.LoadAsync, Task.Delay: the last part is a method.
    private static bool IsOfCode(string name) =>
        name.StartsWith("async ", StringComparison.Ordinal) || name.StartsWith("Task.", StringComparison.Ordinal)
        || name.Contains(" in ", StringComparison.Ordinal) || name.Contains(" of ", StringComparison.Ordinal);

    // The task of an async method.
    private static string? Box(string name) =>
        RuntimeName.Parse(name) is { } box
        && box.Definition.EndsWith("StateMachineBox", StringComparison.Ordinal)
        && MachineBox.MethodOf(box) is { } method
            ? $"async {method}"
            : null;

    // Each Type, and many a Task, is an object of a class that only the runtime knows.
    private static Type Known(Type type)
    {
        if (typeof(Type).IsAssignableFrom(type)) return typeof(Type);
        Type known = type;
        while (typeof(Task).IsAssignableFrom(known)
            && known is { IsVisible: false, BaseType: { } parent }
            && known.Assembly == typeof(Task).Assembly)
            known = parent;
        return known;
    }
}
