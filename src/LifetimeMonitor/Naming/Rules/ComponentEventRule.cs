using System.Text.RegularExpressions;
using LifetimeMonitoring.Heap.Statics;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// An event of a component, such as those of Windows Forms. Its handlers are in an
/// <see cref="System.ComponentModel.EventHandlerList"/>, under a key that a static field keeps. Fields as of .NET 8
/// to 10.
/// </summary>
internal sealed partial class ComponentEventRule(CancellationToken stop) : IReferenceRule
{
    public ReferenceWords? Name(PathCursor path, int at)
    {
        if (path.TypeOf(at) is not { } facts
            || !facts.Bases.Any(
                b => b is "System.ComponentModel.Component" or "System.ComponentModel.EventHandlerList"))
            return null;
        Match match = Handler().Match(path.References(at));
        if (!match.Success) return null;
        int length = match.Value.Count(c => c == '/') + 1;
        string? name = EventOf(path, at + length - 1);
        return new ReferenceWords(name is null ? "event" : $"event {name}", length, ReferenceKind.Event)
        {
            Facts = new ReferenceFacts { Member = name },
        };
    }

    private string? EventOf(PathCursor path, int entry) =>
        path.Heap.ObjectAt(path.Objects[entry])?.Reference("_key") is { } key
            && path.Heap.StaticFieldThatHolds(key.Address, stop) is StaticField field
                ? DelegateTarget.EventOf(field.DeclaringType, field.Name)
                : null;

    [GeneratedRegex("^(_events/)?_head(/_next)*/_handler(?=/|$)")]
    private static partial Regex Handler();
}
