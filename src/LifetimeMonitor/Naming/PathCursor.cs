using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Naming;

/// <summary>
/// A path as it is in memory: objects, and between them the fields and elements that hold the next object. The rules
/// of <see cref="PathNamer"/> turn it into the programmer's words.
/// </summary>
internal sealed class PathCursor
{
    /// <summary>The number of references that a rule may look ahead.</summary>
    public const int MostAhead = 64;

    private readonly AddressPath _path;
    private readonly Dictionary<HeapType, TypeFacts> _facts;
    private readonly ReferenceReader _references;

    public PathCursor(SnapshotHeap heap, AddressPath path, Dictionary<HeapType, TypeFacts> facts)
    {
        Heap = heap;
        _path = path;
        _facts = facts;
        _references = new ReferenceReader(heap);
    }

    public SnapshotHeap Heap { get; }

    public IReadOnlyList<ulong> Objects => _path.Objects;

    /// <summary>The index of the target object.</summary>
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

    /// <summary>The names of the elements of tuples in the root's declaration; empty for none.</summary>
    public IReadOnlyList<string?> TuplesOfRoot { get; set; } = [];

    /// <summary>The names of the elements of tuples in the declaration of the field that holds an object.</summary>
    public IReadOnlyList<string?> TupleNames(int index) => index == 0
        ? TuplesOfRoot
        : Reference(index - 1).Field is { DeclaringType: { } declaring, Name: var field }
            ? declaring.Module.TupleNames(declaring.Token, field)
            : [];

    /// <summary>The number of references between two objects, counted on the whole path.</summary>
    public int Distance(int from, int to) => _path.NumberOf(to) - _path.NumberOf(from);

    /// <summary>
    /// The references from an object onward, <c>_tables/_buckets/[3]._node/_value</c>; no more than rules look ahead.
    /// </summary>
    public string References(int index) =>
        string.Join('/', Enumerable.Range(index, Math.Min(MostAhead, Last - index)).Select(i => Reference(i).Text));
}

/// <summary>A reference from one object to another, in the names of the metadata.</summary>
/// <param name="Text">A field, a path through structs, an index, or an index and a path.</param>
/// <param name="Field">The innermost field; null for an element and for an attached object.</param>
/// <param name="Owner">The type that declares the outermost field; null where <paramref name="Field"/> is.</param>
/// <param name="Outer">The outermost field, as in the metadata; null where <paramref name="Field"/> is.</param>
internal sealed record RawReference(string Text, HeapField? Field, HeapType? Owner = null, string? Outer = null);
