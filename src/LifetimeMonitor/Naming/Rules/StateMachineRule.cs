using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Metadata;
using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// Locals, parameters, captured variables and <c>this</c> of a suspended async method or iterator, and the line of the
/// suspension. In optimized code the state machine of an async method is a struct in its box; otherwise it is an object
/// of its own.
/// </summary>
internal sealed class StateMachineRule : IReferenceRule
{
    public ReferenceWords? Name(PathCursor path, int at)
    {
        if (path.TypeOf(at) is not { } facts) return null;
        string reference = path.Reference(at).Text;
        if (facts.IsStateMachine) return Words(path, at, facts, reference, 1, StateOf(path, at, facts));
        if (MachineBox.Of(path, at) is not { Field: { } field, Machine: var machine }) return null;
        string name = FieldNames.Of(field);
        if (reference == name && at + 1 < path.Last && path.TypeOf(at + 1) is { IsStateMachine: true })
            return Words(path, at, machine, path.Reference(at + 1).Text, 2, StateOf(path, at + 1, machine));
        if (!reference.StartsWith(name + '.', StringComparison.Ordinal)) return null;
        HeapValue? state = path.Heap.ObjectAt(path.Objects[at])?.Value(field)?.Field(machine.StateField);
        return Words(
            path,
            at,
            machine,
            reference[(name.Length + 1)..],
            1,
            state is not null && state.TryRead(out int number) ? number : null);
    }

    private static int? StateOf(PathCursor path, int at, TypeFacts machine) =>
        path.Heap.ObjectAt(path.Objects[at])?.Number<int>(machine.StateField);

    private static ReferenceWords Words(
        PathCursor path,
        int at,
        TypeFacts machine,
        string reference,
        int length,
        int? state)
    {
        // The code that awaits an async iterator is named as for other awaits.
        if (ContinuationRule.IsContinuation(path.Reference(at + length - 1)))
            return new ReferenceWords(ContinuationRule.Words, length, ReferenceKind.Continuation);
        string[] parts = reference.Split('.', 2);
        string rest = parts.Length > 1 ? '.' + FieldNames.OfPath(parts[1]) : "";
        CompilerName? made = CompilerName.Parse(parts[0]);
        (string what, int captured) = made is { Kind: CompilerName.This or CompilerName.OuterScope }
            && path.TypeOf(at + length) is { IsClosure: true }
                ? Captured(path, at + length)
                : (Variable(machine, made, parts[0], rest), 0);
        SourceLine? line = Suspended(machine, state);
        string verb = machine.StateMachineKind == "async" ? "awaiting" : "suspended";
        string where = line is null ? "" : $", {verb} at {line.File}:{line.Line}";
        return new ReferenceWords(
            $"{what} of {machine.InWords}{where}",
            length + captured,
            ReferenceKind.SuspendedMethod)
        {
            Facts = new ReferenceFacts
            {
                Member = what.Split('\'') is [_, var quoted, _] ? quoted : null,
                Method = machine.InWords,
                Place = line,
            },
        };
    }

    // The compiler moves variables that lambdas share into a closure. To the reader they are the method's own.
    private static (string What, int Length) Captured(PathCursor path, int closure) =>
        closure < path.Last && ClosureRule.Variable(path, closure) is { } variable
            ? (variable.Words, variable.Length)
            : ("closure", 0);

    private static string Variable(TypeFacts machine, CompilerName? made, string name, string rest) => made switch
    {
        { Kind: CompilerName.This } self => $"'{self.Rest}{rest}'",
        { Kind: CompilerName.HoistedLocal, Inner.Length: > 0 } local => $"local '{local.Inner}{rest}'",
        { Kind: CompilerName.Parameter } parameter => $"parameter '{parameter.Rest}{rest}'",
        { Kind: CompilerName.Current } => "current element",
        { Kind: CompilerName.Awaiter } => "awaited task",
        { Kind: CompilerName.Builder } => "task",
        { Kind: CompilerName.OuterScope } => "closure",
        null => $"{(machine.IsOfFSharp ? "variable" : "parameter")} '{name}{rest}'",
        _ => "temporary",
    };

    // Null where the method has not begun, has ended, or has no symbols.
    private static SourceLine? Suspended(TypeFacts machine, int? state)
    {
        if (state is null or -1 or -2) return null;
        int method = machine.Type.Module.MethodToken(machine.Type.Token, MethodNames.MoveNext);
        return method == 0 ? null : machine.Type.Module.Lines?.Suspended(method, machine.StateField, state.Value);
    }
}
