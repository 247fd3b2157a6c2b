namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// References that need no field, for every type: to an attached object, and to the loader allocator that keeps a
/// collectible type loaded.
/// </summary>
internal sealed class FieldlessRule : IReferenceRule
{
    public ReferenceWords? Name(PathCursor path, int at) => path.Reference(at).Text switch
    {
        ReferenceReader.Attached => new ReferenceWords(ReferenceReader.Attached, 1, ReferenceKind.Attached),
        ReferenceReader.LoaderAllocator => new ReferenceWords(ReferenceReader.LoaderAllocator, 1, ReferenceKind.LoaderAllocator),
        _ => null,
    };
}
