using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Snapshots.Clone;
using LifetimeMonitoring.Tests.Snapshots;

namespace LifetimeMonitoring.Tests.Heap.Searching;

/// <summary>
/// Artificial objects in real memory, each of which leads to the next: by a field, by an element of a small or large
/// array, by a dependent handle, or by its collectible type. Some runs of objects lead on in the same way.
/// </summary>
internal sealed unsafe class ChainedObjects : IDisposable
{
    private const uint HasReferences = 0x01000000, IsArray = 0x80000000, Collectible = 0x00200000;
    private const int TypeRoom = 128, Types = 5, CollectibleType = 3, Last = 4, LargestObject = 3000;
    private readonly Random _random;
    private readonly LinuxCalls _linux = new();
    private readonly nint _memory, _length;
    private readonly ulong[] _types;
    private readonly ulong[] _objects;

    public ChainedObjects(int seed, int count)
    {
        _random = new Random(seed);
        _length = (Types * TypeRoom) + ((nint)count * 800) + LargestObject;
        _memory = _linux.AllocateShared(_length);
        _types =
        [
            Type(0, HasReferences, 48, 8 - 48, 32, 16 - 48, 8, 2),
            Type(1, HasReferences | IsArray | 8, 24, -24, 16, 1),
            Type(2, HasReferences | IsArray | 40, 24, 2 | (8L << 32), 1 | (8L << 32), 16, -2),
            Type(3, HasReferences | Collectible, 32, 8 - 32, 16, 1),
            Type(4, HasReferences, 24, 8 - 24, 8, 1),
        ];
        _objects = Place(count);
        Link();
        ulong start = (ulong)_memory + (Types * TypeRoom);
        Segments = new SegmentMap([new Segment(start, (ulong)(_memory + _length), IsPinned: false)]);
    }

    public SegmentMap Segments { get; }

    public Attachments Attached { get; } = new();

    /// <summary>The objects in the order in which they lead to each other.</summary>
    public IReadOnlyList<ulong> Objects => _objects;

    // The middle object leads to the next one only by its type.
    public ulong LoaderAllocatorOf(ulong methodTable) => _objects[(_objects.Length / 2) + 1];

    public HeapGraph Graph()
    {
        var types = new MethodTableReader(ThisProcess.Read, LoaderAllocatorOf);
        return new HeapGraph(Segments, new HeapMemory(SharedScratch.Memory, Segments, ThisProcess.Read), types, Attached);
    }

    public void Dispose() => _linux.FreeShared(_memory, _length);

    private ulong[] Place(int count)
    {
        var objects = new ulong[count];
        ulong at = (ulong)_memory + (Types * TypeRoom);
        ulong end = (ulong)(_memory + _length) - LargestObject;
        int type = Last, same = 0;
        for (int i = 0; i < count; i++)
        {
            if (same-- == 0)
            {
                type = _random.Next(2) == 0 ? Last : _random.Next(CollectibleType);
                same = _random.Next(4) == 0 ? _random.Next(3000) : _random.Next(3);
            }

            // One object has the collectible type: all objects of it lead to the same one.
            int here = i == count / 2 ? CollectibleType : at >= end ? Last : type;
            int length = here is 1 or 2 ? _random.Next(1, _random.Next(8) == 0 ? 70 : 5) : 0;
            *(ulong*)at = _types[here];
            if (length > 0) *(int*)(at + 8) = length;
            objects[i] = at;
            uint size = *(uint*)(_types[here] + 4) + ((uint)length * (*(uint*)_types[here] & 0xffff));
            at += (size + 7) & ~7u;
        }

        // Neighbors on the path need not be neighbors in memory.
        if (_random.Next(2) == 0) _random.Shuffle(objects.AsSpan((count / 2) + 2, (count / 2) - 2));
        return objects;
    }

    private void Link()
    {
        for (int i = 0; i + 1 < _objects.Length; i++)
        {
            (ulong holder, ulong held) = (_objects[i], _objects[i + 1]);
            int type = Array.IndexOf(_types, *(ulong*)holder), length = *(int*)(holder + 8);
            if (type == CollectibleType) continue;
            if (type == 0 && _random.Next(8) == 0)
            {
                Attached.Add(holder, held);
                continue;
            }

            ulong offset = type switch
            {
                0 => _random.Next(4) == 0 ? 32u : 8u,
                1 => 16 + ((ulong)_random.Next(length) * 8),
                2 => 16 + ((ulong)_random.Next(length) * 40) + _random.Next(3) switch { 0 => 0u, 1 => 16u, _ => 24u },
                _ => 8,
            };
            *(ulong*)(holder + offset) = held;
        }
    }

    private ulong Type(int number, uint flags, uint baseSize, params long[] descriptor)
    {
        ulong address = (ulong)_memory + (ulong)((number + 1) * TypeRoom) - 16;
        *(ulong*)address = flags | ((ulong)baseSize << 32);
        long* first = (long*)address - descriptor.Length;
        for (int i = 0; i < descriptor.Length; i++) first[i] = descriptor[i];
        return address;
    }
}
