using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Heap.Searching;

/// <summary>
/// Artificial objects in real memory: a long array of objects, each with a reference to one of its own. This fills an
/// array and then the queue.
/// </summary>
internal sealed unsafe class FannedObjects : IDisposable
{
    private const int ObjectSize = 24, ArrayBase = 24, TypeSize = 64;
    private readonly LinuxCalls _linux = new();
    private readonly nint _memory, _length;
    private readonly int _width;

    /// <param name="width">The number of elements of the array.</param>
    public FannedObjects(int width)
    {
        _width = width;
        _length = (2 * TypeSize) + ArrayBase + (width * 8) + (2 * width * ObjectSize);
        _memory = _linux.AllocateShared(_length);
        ulong type = Type((ulong)_memory + TypeSize - 8, flags: 0x01000000, ObjectSize, 8 - ObjectSize, 8, 1);
        *(ulong*)Array = Type((ulong)_memory + (2 * TypeSize) - 8, flags: 0x81000008, ArrayBase, -ArrayBase, 16, 1);
        *(int*)(Array + 8) = width;
        for (int i = 0; i < width; i++)
        {
            *(ulong*)Element(i) = *(ulong*)Child(i) = type;
            *(ulong*)(Element(i) + 8) = Child(i);
            Refer(i, Element(i));
        }

        Segments = new SegmentMap([new Segment(Array, (ulong)(_memory + _length), IsPinned: false)]);
    }

    public SegmentMap Segments { get; }

    public ulong Array => (ulong)_memory + (2 * TypeSize);

    private ulong First => Array + ArrayBase + ((ulong)_width * 8);

    public ulong Element(int number) => First + (ulong)(number * ObjectSize);

    public ulong Child(int number) => Element(_width + number);

    /// <summary>Sets an element of the array.</summary>
    public void Refer(int number, ulong to) => *(ulong*)(Array + 16 + (ulong)(number * 8)) = to;

    public void Dispose() => _linux.FreeShared(_memory, _length);

    private static ulong Type(ulong address, uint flags, uint baseSize, params long[] descriptor)
    {
        *(ulong*)address = flags | ((ulong)baseSize << 32);
        for (int i = 0; i < descriptor.Length; i++) *(long*)(address - (ulong)((descriptor.Length - i) * 8)) = descriptor[i];
        return address;
    }
}
