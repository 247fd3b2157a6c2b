using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>Names a field, an element or an event by its own name.</summary>
internal sealed class PlainRule : IReferenceRule
{
    public ReferenceWords? Name(PathCursor path, int at)
    {
        RawReference reference = path.Reference(at);
        if (reference.Text.StartsWith('['))
        {
            string index = reference.Text[1..Math.Max(1, reference.Text.IndexOf(']', StringComparison.Ordinal))];
            string rest = reference.Text[(index.Length + 2)..];
            if (rest.StartsWith('.')) rest = TupleNames.OfElement(path, at, rest, isKey: false);
            return new ReferenceWords($"[{index}]{rest}", 1, ReferenceKind.Element)
            {
                Facts = new ReferenceFacts { Key = index },
            };
        }

        if (reference.Field is not { DeclaringType: { } declaring } field)
            return new ReferenceWords(reference.Text, 1, ReferenceKind.Field);
        string? happening = path.TypeOf(at + 1) is { Type.IsDelegate: true }
            ? EventAround(reference, declaring) ?? DelegateTarget.EventOf(declaring, field.Name)
            : null;
        var facts = new ReferenceFacts
        {
            DeclaringType = path.FactsOf(reference.Owner ?? declaring).InWords,
            Member = happening ?? reference.Text,
        };
        return happening is not null
            ? new ReferenceWords($"event {happening}", 1, ReferenceKind.Event) { Facts = facts }
            : new ReferenceWords(reference.Text, 1, ReferenceKind.Field) { Facts = facts };
    }

    // A struct may keep the handlers of an event of the type around it.
    private static string? EventAround(RawReference reference, HeapType declaring) =>
        reference is { Owner: { } owner, Outer: { } outer } && owner != declaring
            ? owner.Module.EventOf(owner.Token, outer)
            : null;
}
