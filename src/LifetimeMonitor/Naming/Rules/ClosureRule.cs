using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// Variables that a lambda or local function captured: fields of an object that the compiler generates for each
/// scope.
/// </summary>
internal sealed class ClosureRule : IReferenceRule
{
    public ReferenceWords? Name(PathCursor path, int at)
    {
        if (Variable(path, at) is not { } variable) return null;
        string? unused = UnusedBy(path, at, variable);
        string method = variable.Method ?? MethodNames.Owner(path.TypeOf(at)!.Name) ?? "?";
        return new ReferenceWords(
            $"{variable.Words} in {method}{(unused is null ? "" : " (which the kept lambda does not use)")}",
            variable.Length,
            ReferenceKind.CapturedVariable)
        {
            Facts = new ReferenceFacts { Member = variable.Name, Method = variable.Method },
            UnusedBy = unused,
        };
    }

    // All lambdas of a scope share one closure. The kept one may be another than the one that uses the variable.
    private static string? UnusedBy(PathCursor path, int at, CapturedVariable variable)
    {
        int scope = at + variable.Length - 1;
        if (at == 0
            || variable.Name is null
            || path.TypeOf(at - 1) is not { Type.IsDelegate: true }
            || path.Heap.MethodOf(path.Objects[at - 1]) is not { } lambda
            || path.TypeOf(scope) is not { Type: { } closure }
            || path.Reference(scope).Outer is not { } field
            || lambda.Type.Module.Used(lambda.Token, closure.Token) is not { } used
            || used.Contains(field)
            || used.Any(f => MayUse(path.Heap.ObjectAt(path.Objects[scope])?.Reference(f))))
            return null;
        return MethodFormatter.Of(lambda, path.TypeOf(at)!.Type);
    }

    // Behind another variable there may be a lambda that uses it.
    private static bool MayUse(HeapObject? variable) =>
        variable is { Type: { IsString: false } type }
        && (type.IsDelegate || type.IsArray || type.RuntimeName.StartsWith("System.", StringComparison.Ordinal));

    /// <summary>The variable by which a closure holds the next objects; null for other objects.</summary>
    public static CapturedVariable? Variable(PathCursor path, int at)
    {
        if (path.TypeOf(at) is not { IsClosure: true } closure) return null;
        int length = 1;
        string? method = closure.ClosureMethod;
        string name = path.Reference(at).Text;
        // An inner scope refers to the outer one; only the variable matters. So does a lambda within a lambda.
        while (CompilerName.Parse(name) is { Kind: CompilerName.OuterScope or CompilerName.This }
            && path.TypeOf(at + length) is { IsClosure: true } outer
            && at + length < path.Last)
        {
            method ??= outer.ClosureMethod;
            name = path.Reference(at + length++).Text;
        }

        return CompilerName.Parse(name) switch
        {
            { Kind: CompilerName.This, Rest: var self } =>
                new CapturedVariable($"captured '{self}'", self, method, length),
            { Kind: CompilerName.OuterScope } => new CapturedVariable("closure", null, method, length),
            _ => Named(FieldNames.OfVariable(name), method, length),
        };
    }

    private static CapturedVariable Named(string variable, string? method, int length) =>
        new($"captured variable '{variable}'", variable, method, length);
}

/// <summary>A variable of a closure.</summary>
/// <param name="Words">The variable in words.</param>
/// <param name="Name">Its name; null for a scope.</param>
/// <param name="Method">The method that creates the closure; null when unknown.</param>
/// <param name="Length">The number of references that it stands for.</param>
internal sealed record CapturedVariable(string Words, string? Name, string? Method, int Length);
