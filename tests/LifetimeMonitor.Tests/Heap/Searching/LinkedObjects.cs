using LifetimeMonitor.Heap;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.Tests.Heap.Searching;

/// <summary>Made-up objects in real memory, each with a reference to the next.</summary>
internal sealed unsafe class LinkedObjects : IDisposable
{
    private const int ObjectSize = 24, TypeSize = 64;
    private readonly LinuxCalls _linux = new();
    private readonly nint _memory, _length;

    /// <param name="count">How many.</param>
    /// <param name="step">How many places further the next one is, around and around; without a common divisor with the count.</param>
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

    /// <summary>The one that refers to none.</summary>
    public ulong Last { get; }

    public ulong At(int number) => (ulong)_memory + TypeSize + (ulong)(number * ObjectSize);

    /// <summary>One of them refers to none any more.</summary>
    public void Forget(int number) => *(ulong*)(At(number) + 8) = 0;

    public void Dispose() => _linux.FreeShared(_memory, _length);
}

/// <summary>Nothing.</summary>
internal static class RawNothing
{
    public static Attachments Attached { get; } = new();
}
