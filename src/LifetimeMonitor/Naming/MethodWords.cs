using LifetimeMonitor.Heap.Types;
using LifetimeMonitor.Naming.Compiler;

namespace LifetimeMonitor.Naming;

/// <summary>What a method is called.</summary>
internal static class MethodWords
{
    /// <param name="method">The method.</param>
    /// <param name="target">The type of the object it works on; null when that is not known.</param>
    public static string Of(HeapMethod method, HeapType? target = null)
    {
        if (RuntimeName.Parse(method.Type.RuntimeName) is not { } type) return MethodNames.Member(method.Type.RuntimeName, method.Name);
        return MethodNames.Of(type.IsShared ? Exact(type, target) ?? type.WithParameters(method.Type.Module.TypeParameters(method.Type.Token)) : type, method.Name);
    }

    // All reference types share the code of a generic type's methods; the object knows which type it is.
    private static RuntimeName? Exact(RuntimeName shared, HeapType? target)
    {
        for (HeapType? type = target; type is not null; type = type.Base)
        {
            if (RuntimeName.Parse(type.RuntimeName) is { } name && name.Definition == shared.Definition) return name;
        }

        return null;
    }
}
