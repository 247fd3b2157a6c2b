using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Metadata;
using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// Locals, parameters and <c>this</c> of a suspended async method or iterator, and the line of the suspension. In
/// optimized code the state machine of an async method is a struct in its box; otherwise it is an object of its own.
/// </summary>
internal sealed class StateMachineRule : IReferenceRule
{
    private const string InBox = "StateMachine";

    public ReferenceWords? Name(PathCursor path, int at)
    {
        if (path.TypeOf(at) is not { } facts) return null;
        string reference = path.Reference(at).Text;
        if (facts.IsStateMachine)
            return Words(facts, reference, 1, path.Heap.ObjectAt(path.Objects[at])?.Number<int>(facts.StateField));
        if (!facts.Definition.EndsWith("StateMachineBox", StringComparison.Ordinal)) return null;
        if (reference == InBox && at + 1 < path.Last && path.TypeOf(at + 1) is { IsStateMachine: true } machine)
            return Words(
                machine,
                path.Reference(at + 1).Text,
                2,
                path.Heap.ObjectAt(path.Objects[at + 1])?.Number<int>(machine.StateField));
        if (!reference.StartsWith(InBox + '.', StringComparison.Ordinal)) return null;
        HeapValue? value = path.Heap.ObjectAt(path.Objects[at])?.Value(InBox);
        if (value?.DeclaredType is not { } type || path.FactsOf(type) is not { IsStateMachine: true } inBox)
            return null;
        return Words(
            inBox,
            reference[(InBox.Length + 1)..],
            1,
            value.Field(inBox.StateField) is { } field && field.TryRead(out int state) ? state : null);
    }

    private static ReferenceWords Words(TypeFacts machine, string reference, int length, int? state)
    {
        string[] parts = reference.Split('.', 2);
        string rest = parts.Length > 1 ? '.' + FieldNames.OfPath(parts[1]) : "";
        string what = CompilerName.Parse(parts[0]) switch
        {
            { Kind: CompilerName.This } self => $"'{self.Rest}{rest}'",
            { Kind: CompilerName.HoistedLocal } local => $"local '{local.Inner}{rest}'",
            { Kind: CompilerName.Parameter } parameter => $"parameter '{parameter.Rest}{rest}'",
            { Kind: CompilerName.Current } => "current element",
            { Kind: CompilerName.Awaiter } => "awaited task",
            { Kind: CompilerName.OuterScope } => "closure",
            null => $"{(machine.IsOfFSharp ? "variable" : "parameter")} '{parts[0]}{rest}'",
            _ => "temporary",
        };
        SourceLine? line = Suspended(machine, state);
        string verb = machine.StateMachineKind == "async" ? "awaiting" : "suspended";
        string where = line is null ? "" : $", {verb} at {line.File}:{line.Line}";
        return new ReferenceWords($"{what} of {machine.InWords}{where}", length, ReferenceKind.SuspendedMethod)
        {
            Facts = new ReferenceFacts
            {
                Member = what.Split('\'') is [_, var quoted, _] ? quoted : null,
                Method = machine.InWords,
                Place = line,
            },
        };
    }

    // Null where the method has not begun, has ended, or has no symbols.
    private static SourceLine? Suspended(TypeFacts machine, int? state)
    {
        if (state is null or -1 or -2) return null;
        int method = machine.Type.Module.MethodToken(machine.Type.Token, MethodNames.MoveNext);
        return method == 0 ? null : machine.Type.Module.Lines?.Suspended(method, machine.StateField, state.Value);
    }
}
