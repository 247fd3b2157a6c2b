using LifetimeMonitor.Graph;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Types;

namespace LifetimeMonitor.Naming;

/// <summary>
/// A path as memory has it: objects, and between them the fields and elements that hold the next one. The rules of
/// <see cref="PathNamer"/> find in it what the programmer would say.
/// </summary>
internal sealed class RawPath
{
    /// <summary>So many references ahead rules look.</summary>
    public const int MostAhead = 64;

    private readonly ObjectPath _path;
    private readonly Dictionary<HeapType, TypeFacts> _facts;
    private readonly ReferenceReader _references;

    public RawPath(SnapshotHeap heap, ObjectPath path, Dictionary<HeapType, TypeFacts> facts)
    {
        Heap = heap;
        _path = path;
        _facts = facts;
        _references = new ReferenceReader(heap);
    }

    public SnapshotHeap Heap { get; }

    public IReadOnlyList<ulong> Objects => _path.Objects;

    /// <summary>The number of the object asked about.</summary>
    public int Last => Objects.Count - 1;

    /// <summary>The type of an object, or null when it cannot be read.</summary>
    public TypeFacts? TypeOf(int index) => Heap.TypeOf(Objects[index]) is { } type ? FactsOf(type) : null;

    public TypeFacts FactsOf(HeapType type)
    {
        if (!_facts.TryGetValue(type, out TypeFacts? facts)) _facts.Add(type, facts = new TypeFacts(type));
        return facts;
    }

    /// <summary>How an object holds the next one.</summary>
    public RawReference Reference(int index) => _references.Between(Objects[index], _path.HeldBy(index));

    /// <summary>How many references of the whole path are between two objects.</summary>
    public int Distance(int from, int to) => _path.NumberOf(to) - _path.NumberOf(from);

    /// <summary>The references from an object on, <c>_tables/_buckets/[3]._node/_value</c>; no more than rules look ahead.</summary>
    public string References(int index) =>
        string.Join('/', Enumerable.Range(index, Math.Min(MostAhead, Last - index)).Select(i => Reference(i).Text));
}

/// <summary>A reference from one object to another, in the names of the metadata.</summary>
/// <param name="Text">A field, a path through structs, an index, an index and a path.</param>
/// <param name="Field">The innermost field; null for an element, or for what is attached.</param>
internal sealed record RawReference(string Text, HeapField? Field);
