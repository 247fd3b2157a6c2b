using LifetimeMonitor.Naming.Compiler;

namespace LifetimeMonitor.Naming.Rules;

/// <summary>Variables that a lambda or local function captured: fields of an object the compiler made for each scope.</summary>
internal sealed class ClosureRule : IReferenceRule
{
    public ReferenceWords? Name(RawPath path, int at)
    {
        if (path.TypeOf(at) is not { IsClosure: true } closure) return null;
        int length = 1;
        string? method = closure.ClosureMethod;
        string name = path.Reference(at).Text;
        // An inner scope refers to the outer one: the variable is what counts.
        while (CompilerName.Parse(name) is { Kind: CompilerName.OuterScope } && at + length < path.Last)
        {
            method ??= path.TypeOf(at + length)?.ClosureMethod;
            name = path.Reference(at + length++).Text;
        }

        string what = CompilerName.Parse(name) is { Kind: CompilerName.This } self ? $"captured '{self.Rest}'" : $"captured variable '{FieldNames.OfVariable(name)}'";
        return new ReferenceWords($"{what} in {method ?? MethodNames.Owner(closure.Name) ?? "?"}", length, ReferenceNature.CapturedVariable);
    }
}
