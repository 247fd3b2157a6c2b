using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Heap.Searching;

/// <summary>Artificial objects in real memory, each with a reference to the next.</summary>
internal sealed unsafe class LinkedObjects : IDisposable
{
    private const int ObjectSize = 24, TypeSize = 64;
    private readonly LinuxCalls _linux = new();
    private readonly nint _memory, _length;

    /// <param name="count">The number of objects.</param>
    /// <param name="step">The distance of the next object, in places, modulo the count; coprime to the count.</param>
    public LinkedObjects(int count, int step = 1)
    {
        _length = TypeSize + (count * ObjectSize);
        _memory = _linux.AllocateShared(_length);
        ulong type = (ulong)_memory + TypeSize - 8;
        *(ulong*)type = 0x01000000 | ((ulong)ObjectSize << 32);
        long* descriptor = (long*)type - 3;
        (descriptor[0], descriptor[1], descriptor[2]) = (8 - ObjectSize, 8, 1);
        for (int i = 0; i < count; i++)
        {
            *(ulong*)At(i) = type;
            int next = (int)(((long)i + step) % count);
            *(ulong*)(At(i) + 8) = next != 0 ? At(next) : 0;
            if (next == 0) Last = At(i);
        }

        Segments = new SegmentMap([new Segment(At(0), At(count), IsPinned: false)]);
    }

    public SegmentMap Segments { get; }

    /// <summary>The object without a reference.</summary>
    public ulong Last { get; }

    public ulong At(int number) => (ulong)_memory + TypeSize + (ulong)(number * ObjectSize);

    /// <summary>Clears the reference of one object.</summary>
    public void Forget(int number) => *(ulong*)(At(number) + 8) = 0;

    public void Dispose() => _linux.FreeShared(_memory, _length);
}

/// <summary>No attachments.</summary>
internal static class RawNothing
{
    public static Attachments Attached { get; } = new();
}
