namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// An event whose adder puts the handlers into a collection: the code of the adder tells the event, and the reader
/// never sees the collection.
/// </summary>
internal sealed class EventCollectionRule(KeyText keys) : IReferenceRule
{
    public ReferenceWords? Name(PathCursor path, int at)
    {
        if (path.Reference(at) is not { Owner: { } owner, Outer: { } field }
            || LengthToHandler(path, at + 1, keys) is not { } length
            || owner.Module.EventKeptIn(owner.Token, field) is not { } name)
            return null;
        return new ReferenceWords($"event {name}", length + 1, ReferenceKind.Event)
        {
            Facts = new ReferenceFacts { DeclaringType = path.FactsOf(owner).InWords, Member = name },
        };
    }

    /// <summary>The number of references from a collection to a delegate that it contains; null for others.</summary>
    public static int? LengthToHandler(PathCursor path, int collection, KeyText keys)
    {
        if (collection >= path.Last
            || path.TypeOf(collection) is not { } facts
            || !(facts.Type.IsArray || facts.Implements("System.Collections.IEnumerable")))
            return null;
        ReferenceWords? element = facts.Type.IsArray
            ? new PlainRule().Name(path, collection)
            : new ShapeRules(keys).Name(path, collection);
        return element is { Kind: ReferenceKind.Element, Length: var length }
            && path.TypeOf(collection + length) is { Type.IsDelegate: true }
                ? length
                : null;
    }
}
