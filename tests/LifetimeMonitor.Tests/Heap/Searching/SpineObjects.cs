using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Heap.Searching;

/// <summary>Artificial objects in real memory: a list whose objects are the heads of other lists.</summary>
internal sealed unsafe class SpineObjects : IDisposable
{
    private const int ObjectSize = 32, TypeSize = 64;
    private readonly LinuxCalls _linux = new();
    private readonly nint _memory, _bytes;
    private readonly int _length, _width;

    /// <param name="length">The number of objects of the list.</param>
    /// <param name="width">The number of objects of each other list.</param>
    public SpineObjects(int length, int width)
    {
        (_length, _width) = (length, width);
        _bytes = TypeSize + ((nint)length * (width + 1) * ObjectSize);
        _memory = _linux.AllocateShared(_bytes);
        ulong type = (ulong)_memory + TypeSize - 8;
        *(ulong*)type = 0x01000000 | ((ulong)ObjectSize << 32);
        long* descriptor = (long*)type - 3;
        (descriptor[0], descriptor[1], descriptor[2]) = (16 - ObjectSize, 8, 1);
        for (int i = 0; i < length; i++)
        {
            for (int j = 0; j <= width; j++)
            {
                *(ulong*)At(i, j) = type;
                if (j < width) *(ulong*)(At(i, j) + 8) = At(i, j + 1);
            }

            if (i + 1 < length) *(ulong*)(Spine(i) + 16) = Spine(i + 1);
        }

        Segments = new SegmentMap([new Segment(First, First + (ulong)(_bytes - TypeSize), IsPinned: false)]);
    }

    public SegmentMap Segments { get; }

    public ulong First => Spine(0);

    public ulong Last => Spine(_length - 1);

    public ulong Spine(int number) => At(number, 0);

    public void Dispose() => _linux.FreeShared(_memory, _bytes);

    private ulong At(int number, int inOther) =>
        (ulong)_memory + TypeSize + ((ulong)((number * (_width + 1)) + inOther) * ObjectSize);
}
