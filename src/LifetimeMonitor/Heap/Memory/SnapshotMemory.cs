using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Heap.Memory;

/// <summary>Reads the memory of a snapshot and returns the number of bytes read; 0 for unmapped memory.</summary>
internal delegate int ReadMemory(ulong address, Span<byte> buffer);

/// <summary>Typed reads of a snapshot's memory.</summary>
internal static class SnapshotMemory
{
    private const ulong WordsAtOnce = 64 * 1024;

    public static bool TryRead<T>(this ReadMemory read, ulong address, out T value)
        where T : unmanaged
    {
        T result = default;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<T>(ref result));
        bool whole = read(address, bytes) == bytes.Length;
        value = whole ? result : default;
        return whole;
    }

    /// <summary>
    /// Reads whole pointers and cuts off an unreadable end. A range with a wrong length takes no more memory than it
    /// has readable bytes.
    /// </summary>
    public static ulong[] ReadPointers(this ReadMemory read, ulong start, ulong end)
    {
        if (end <= start) return [];
        ulong count = (end - start) / sizeof(ulong);
        ulong[] words = new ulong[Math.Min(count, WordsAtOnce)];
        for (int done = 0; ;)
        {
            int wanted = words.Length - done;
            int got = read(start + ((ulong)done * sizeof(ulong)), MemoryMarshal.AsBytes(words.AsSpan(done)))
                / sizeof(ulong);
            done += got;
            if (got < wanted) return words[..done];
            if ((ulong)done == count) return words;
            Array.Resize(ref words, (int)Math.Min(count, Math.Min((ulong)done * 2, (ulong)Array.MaxLength)));
            if (words.Length == done) return words;
        }
    }
}
