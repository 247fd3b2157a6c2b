using System.Runtime.InteropServices;

namespace LifetimeMonitor.Heap;

/// <summary>Reads the memory of a snapshot: the number of bytes read, 0 where nothing is.</summary>
internal delegate int ReadMemory(ulong address, Span<byte> buffer);

/// <summary>Typed reads of a snapshot's memory.</summary>
internal static class SnapshotMemory
{
    public static bool TryRead<T>(this ReadMemory read, ulong address, out T value)
        where T : unmanaged
    {
        T result = default;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref result));
        bool whole = read(address, bytes) == bytes.Length;
        value = whole ? result : default;
        return whole;
    }

    /// <summary>Reads whole pointers; what could not be read is cut off.</summary>
    public static ulong[] ReadPointers(this ReadMemory read, ulong start, ulong end)
    {
        if (end <= start) return [];
        ulong[] words = new ulong[(end - start) / sizeof(ulong)];
        int length = read(start, MemoryMarshal.AsBytes(words.AsSpan()));
        return length == words.Length * sizeof(ulong) ? words : words[..(length / sizeof(ulong))];
    }
}
