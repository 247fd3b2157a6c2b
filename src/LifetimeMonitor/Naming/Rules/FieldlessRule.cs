namespace LifetimeMonitor.Naming.Rules;

/// <summary>References that no field has, whatever the type: what is attached to an object, and what keeps its collectible type loaded.</summary>
internal sealed class FieldlessRule : IReferenceRule
{
    public ReferenceWords? Name(RawPath path, int at) => path.Reference(at).Text switch
    {
        ReferenceReader.Attached => new ReferenceWords(ReferenceReader.Attached, 1, ReferenceNature.Attached),
        ReferenceReader.LoaderAllocator => new ReferenceWords(ReferenceReader.LoaderAllocator, 1, ReferenceNature.LoaderAllocator),
        _ => null,
    };
}
