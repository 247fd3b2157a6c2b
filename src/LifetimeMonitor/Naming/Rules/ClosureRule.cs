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
        if (path.TypeOf(at) is not { IsClosure: true } closure) return null;
        int length = 1;
        string? method = closure.ClosureMethod;
        string name = path.Reference(at).Text;
        // An inner scope refers to the outer one; only the variable matters.
        while (CompilerName.Parse(name) is { Kind: CompilerName.OuterScope } && at + length < path.Last)
        {
            method ??= path.TypeOf(at + length)?.ClosureMethod;
            name = path.Reference(at + length++).Text;
        }

        string? self = CompilerName.Parse(name) is { Kind: CompilerName.This } made ? made.Rest : null;
        var facts = new ReferenceFacts { Member = self ?? FieldNames.OfVariable(name), Method = method };
        string what = self is null ? $"captured variable '{facts.Member}'" : $"captured '{self}'";
        return new ReferenceWords(
            $"{what} in {method ?? MethodNames.Owner(closure.Name) ?? "?"}",
            length,
            ReferenceKind.CapturedVariable)
        {
            Facts = facts,
        };
    }
}
