namespace LifetimeMonitor.Naming.Rules;

/// <summary>A field or an element by its own name; an event by its own.</summary>
internal sealed class PlainRule : IReferenceRule
{
    public ReferenceWords? Name(RawPath path, int at)
    {
        RawReference reference = path.Reference(at);
        if (reference.Text.StartsWith('[')) return new ReferenceWords(reference.Text, 1, ReferenceNature.Element);
        if (reference.Field is not { DeclaringType: { } declaring } field) return new ReferenceWords(reference.Text, 1, ReferenceNature.Field);
        string? happening = path.TypeOf(at + 1) is { Type.IsDelegate: true } ? DelegateTarget.EventOf(declaring, field.Name) : null;
        return happening is not null
            ? new ReferenceWords($"event {happening}", 1, ReferenceNature.Event)
            : new ReferenceWords(reference.Text, 1, ReferenceNature.Field);
    }
}
