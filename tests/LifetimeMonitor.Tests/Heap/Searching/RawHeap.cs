using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Snapshots.Clone;
using LifetimeMonitoring.Tests.Snapshots;

namespace LifetimeMonitoring.Tests.Heap.Searching;

/// <summary>
/// A heap of artificial objects in real memory, so that the clone's own search can run over it: adjacent segments, with
/// gaps and across the borders of the search's chunks; every layout of the runtime; and garbage on request.
/// </summary>
internal sealed unsafe class RawHeap : IDisposable
{
    public const int Chunk = 4 * 1024 * 1024;
    private const int Length = 4 * Chunk, Window = 2048;

    // Types in the middle: a garbled one (256 KB of runs before it, a flipped bit away) leads to our unchanged memory.
    private const int TypesLength = 1024 * 1024, FirstType = TypesLength / 2;
    private const ulong LongArray = 160 * 1024;
    private const uint HasReferences = 0x01000000, IsArray = 0x80000000, Collectible = 0x00200000;
    private readonly Random _random;
    private readonly LinuxCalls _linux = new();
    private readonly nint _memory, _typeMemory;
    private readonly ulong[] _types;
    private readonly List<ulong> _objects = [];
    private readonly List<ulong> _slots = [];

    public RawHeap(int seed, bool corrupted)
    {
        _random = new Random(seed);
        _memory = _linux.AllocateShared(Length);
        _typeMemory = _linux.AllocateShared(TypesLength);
        ulong border = ((ulong)_memory + Chunk) & ~(ulong)(Chunk - 1);
        ulong[] starts = [border - 2048, border - 2048 + Window + 64, border + Chunk - 1024, border + Chunk + 8192];
        Segments = new SegmentMap(
            starts.Select(s =>
                new Segment(
                    s,
                    s + Window - ((ulong)_random.Next(2) * 8) + (s == starts[^1] ? LongArray : 0UL),
                    IsPinned: false)));
        _types = [.. Types()];
        foreach (Segment segment in Segments.Segments) Fill(segment);
        AddLongArrays(Segments.Segments[^1]);
        foreach (ulong slot in _slots) *(ulong*)slot = Reference();
        if (corrupted) Corrupt();
        foreach (Edge pair in Pairs(_random.Next(4))) Attached.Add(pair.Holder, pair.Held);
    }

    public SegmentMap Segments { get; }

    public Attachments Attached { get; } = new();

    public Edge[] Pairs(int count) => [.. Enumerable.Range(0, count).Select(_ => new Edge(Object(), Object()))];

    public ulong[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.Next(8) == 0 ? Reference() : Object())];

    public ulong LoaderAllocatorOf(ulong methodTable) => _objects[(int)(methodTable / 8 % (ulong)_objects.Count)];

    public HeapGraph Graph() =>
        new(Segments, new HeapMemory(SharedScratch.Memory, Segments, ThisProcess.Read), new MethodTableReader(ThisProcess.Read, LoaderAllocatorOf), Attached);

    public void Dispose()
    {
        _linux.FreeShared(_memory, Length);
        _linux.FreeShared(_typeMemory, TypesLength);
    }

    private ulong Object() => _objects[_random.Next(_objects.Count)];

    // Mostly objects; else null, the middle of an object, an address outside of all segments, or nonsense.
    private ulong Reference() => _random.Next(12) switch
    {
        0 or 1 => 0,
        2 => Object() + (ulong)_random.Next(40),
        3 => (ulong)_memory + (ulong)_random.Next(Length),
        4 => (ulong)_random.NextInt64(),
        _ => Object(),
    };

    private IEnumerable<ulong> Types()
    {
        yield return Type(1, 0, 24);
        yield return Type(2, HasReferences, 48, 8 - 48, 32, 16 - 48, 8, 2);
        yield return Type(3, HasReferences | IsArray | 8, 24, -24, 16, 1);
        yield return Type(4, HasReferences | IsArray | 24, 24, 1 | (16L << 32), 24, -1);
        yield return Type(5, HasReferences | IsArray | 40, 24, 2 | (8L << 32), 1 | (8L << 32), 16, -2);
        yield return Type(6, HasReferences | Collectible, 32, 8 - 32, 16, 1);
        yield return Type(7, IsArray | 2, 22);
        // Of four dimensions: their bounds are longer than an element.
        yield return Type(9, HasReferences | IsArray | 16, 56, 1 | (8L << 32), 48, -1);
        // Many runs: more than one read of the memory before the method table covers.
        yield return Type(8, HasReferences, 256, [.. Enumerable.Range(0, 12).SelectMany(i => new long[] { 8 - 256, 8 + (i * 16) }), 12]);
    }

    private ulong Type(int number, uint flags, uint baseSize, params long[] descriptor)
    {
        ulong address = (ulong)_typeMemory + (ulong)(FirstType + (number * 1024));
        *(ulong*)address = flags | ((ulong)baseSize << 32);
        for (int i = 0; i < descriptor.Length; i++) *(long*)(address - (ulong)((descriptor.Length - i) * 8)) = descriptor[i];
        return address;
    }

    private void Fill(Segment segment)
    {
        for (ulong at = segment.Start; at + 320 < Math.Min(segment.End, segment.Start + Window);)
        {
            ulong type = _types[_random.Next(_types.Length)];
            uint flags = *(uint*)type, size = *(uint*)(type + 4);
            if ((flags & IsArray) != 0)
            {
                int length = _random.Next(6);
                *(int*)(at + 8) = length;
                size += (uint)length * (flags & 0xffff);
            }

            *(ulong*)at = type | (_random.Next(8) == 0 ? 1UL : 0UL);
            _objects.Add(at);
            size = (size + 7) & ~7u;
            for (ulong slot = at + ((flags & IsArray) != 0 ? 16UL : 8UL); slot < at + size - 8; slot += 8) _slots.Add(slot);
            at += size;
        }
    }

    // Long enough for the managed search to read them in blocks, and for a clone with windows to read them in pieces.
    private void AddLongArrays(Segment segment)
    {
        ulong references = segment.Start + Window, structs = AddLongArray(references, _types[2], 9000, 8);
        _ = AddLongArray(structs, _types[3 + _random.Next(2)], 1800, 40);
    }

    private ulong AddLongArray(ulong array, ulong type, int elements, int longest)
    {
        *(ulong*)array = type;
        *(int*)(array + 8) = elements;
        int words = elements * (int)(*(uint*)type & 0xffff) / 8;
        for (int i = 0; i < 20; i++) _slots.Add(array + 16 + (ulong)(_random.Next(words) * 8));
        for (int i = 0; i < 5; i++) _objects.Add(array);
        return array + 24 + (ulong)(elements * longest);
    }

    private void Corrupt()
    {
        for (int i = _random.Next(1, 30); i > 0; i--)
        {
            bool inTypes = _random.Next(2) == 0;
            ulong type = _types[_random.Next(_types.Length)];
            ulong place = inTypes ? type - (ulong)(_random.Next(-1, 6) * 8) : Object() + (ulong)(_random.Next(6) * 8);
            *(ulong*)place = _random.Next(6) switch
            {
                0 => type,
                1 => type + (ulong)(_random.Next(64) * 8),
                2 => Object(),
                3 => (ulong)_random.NextInt64(),
                4 => (ulong)_random.Next(-64, 4096),
                // Not far enough to reach memory of another owner.
                _ => *(ulong*)place ^ (1UL << (_random.Next(2) == 0 ? _random.Next(15) : _random.Next(46, 64))),
            };
        }
    }
}
