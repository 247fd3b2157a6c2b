using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Naming;

/// <summary>
/// The object in which the builder of an async method keeps the method's state machine. Every builder has a box of its
/// own: for Task, ValueTask, pooled ValueTask, async iterators, and those of libraries. All have the state machine for
/// a type argument, and a field for it. The compiler's class for a state machine (unoptimized code) is null in the box
/// of a method that has ended.
/// </summary>
/// <param name="Field">The field with the state machine; null where the box no longer has it.</param>
/// <param name="Machine">The state machine.</param>
internal sealed record MachineBox(string? Field, TypeFacts Machine)
{
    /// <summary>The state machine in an object; null where the object is no box.</summary>
    public static MachineBox? Of(PathCursor path, int at)
    {
        if (path.TypeOf(at) is not { IsMachineBox: true } facts
            || path.Heap.ObjectAt(path.Objects[at]) is not { } box)
            return null;
        foreach (string field in facts.Type.FieldNames)
        {
            if (MachineIn(path, box.Value(field)) is { } machine) return new MachineBox(field, machine);
        }

        return facts.Type.Arguments.Select(path.FactsOf).FirstOrDefault(a => a.IsStateMachine) is { } ended
            ? new MachineBox(null, ended)
            : null;
    }

    private static TypeFacts? MachineIn(PathCursor path, HeapValue? value) =>
        (value?.Target?.Type ?? value?.DeclaredType) is { } type
        && path.FactsOf(type) is { IsStateMachine: true } machine
            ? machine
            : null;

    /// <summary>The method that a box belongs to, according to its type's name alone; null for other types.</summary>
    public static string? MethodOf(RuntimeName? name) => name is not { Suffix.Length: 0 } ? null : name.Parts
        .SelectMany(p => p.Arguments)
        .Where(a => a.Parts.Count > 0)
        .Select(a => CompilerName.Parse(a.Parts[^1].Name) is { Kind: CompilerName.StateMachine, Inner.Length: > 0 }
            ? MethodNames.Of(a, MethodNames.MoveNext)
            : null)
        .FirstOrDefault(m => m is not null);
}
