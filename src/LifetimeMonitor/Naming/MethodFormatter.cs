using LifetimeMonitoring.Heap.Metadata;
using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Naming;

/// <summary>Names a method, also where its own name and type are not enough.</summary>
internal static class MethodFormatter
{
    private const int MostNested = 16; // lambdas in lambdas

    /// <param name="method">The method.</param>
    /// <param name="target">The type of the object it is called on; null when unknown.</param>
    public static string Of(HeapMethod method, HeapType? target = null)
    {
        (ModuleMetadata module, int token) = (method.Type.Module, method.Type.Token);
        RuntimeName? type = RuntimeName.Parse(method.Type.RuntimeName);
        if (type is { IsShared: true }) type = Exact(type, target) ?? type.WithParameters(module.TypeParameters(token));
        return type is null || IsNameless(method.Name)
            ? Member(module, token, MethodNames.Owner(type) ?? method.Type.RuntimeName, method.Name)
            : MethodNames.Of(type, method.Name);
    }

    /// <summary>
    /// The member of a type by which the programmer knows a method. A lambda whose name does not tell gets the name of
    /// the member that contains it.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="typeToken">The type that declares the method.</param>
    /// <param name="owner">The name of the enclosing type that the programmer wrote.</param>
    /// <param name="method">The method's name.</param>
    public static string Member(ModuleMetadata module, int typeToken, string owner, string method) =>
        IsNameless(method)
            ? $"lambda in {Written(module, module.UserOf(typeToken, method), owner) ?? owner}"
            : MethodNames.Member(owner, method);

    /// <summary>The member that creates a closure, according to the code around it; null when unknown.</summary>
    public static string? MemberAround(ModuleMetadata module, int closureToken, string owner) =>
        Written(module, module.UserOf(closureToken), owner);

    // Visual Basic numbers lambdas, where C# names them after their method. The containing method is the one whose
    // code mentions the lambda.
    private static string? Written(ModuleMetadata module, CodeUser? user, string owner)
    {
        for (int i = 0; i < MostNested && user is not null; i++)
        {
            bool isMachine = user.Method == MethodNames.MoveNext
                && CompilerName.Parse(user.Type) is { Kind: CompilerName.StateMachine };
            string method = isMachine ? CompilerName.Parse(user.Type)!.Inner : user.Method;
            while (CompilerName.Parse(method)
                is { Inner: { Length: > 0 } inner, Kind: CompilerName.Lambda or CompilerName.LocalFunction })
                method = inner;
            if (!IsNameless(method)) return MethodNames.Member(owner, method);
            user = module.UserOf(isMachine ? module.DeclaringType(user.TypeToken) : user.TypeToken, method);
        }

        return null;
    }

    private static bool IsNameless(string method) =>
        CompilerName.Parse(method) is { Kind: CompilerName.Lambda, Inner.Length: 0 };

    // All reference types share the code of a generic type's methods. Only the object knows its exact type.
    private static RuntimeName? Exact(RuntimeName shared, HeapType? target)
    {
        for (HeapType? type = target; type is not null; type = type.Base)
        {
            if (RuntimeName.Parse(type.RuntimeName) is { } name && name.Definition == shared.Definition) return name;
        }

        return null;
    }
}
