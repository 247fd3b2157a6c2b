using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>
/// Reads method tables and their GC descriptors (GCDesc) from raw memory, and rejects all that are inconsistent.
/// Layout: src/coreclr/vm/methodtable.h and src/coreclr/gc/gcdesc.h of dotnet/runtime, the same from .NET 8 to 10.
/// </summary>
internal sealed class MethodTableReader(ReadMemory read, Func<ulong, ulong> loaderAllocatorOf)
{
    private const uint HasComponentSize = 0x80000000;
    private const uint ContainsReferences = 0x01000000;
    private const uint Collectible = 0x00200000;
    private const int MinObjectSize = 16;
    private const int MaxRuns = 16 * 1024;
    private readonly Dictionary<ulong, MethodTable?> _known = [];
    private ulong _lastAddress;
    private MethodTable? _last;

    /// <summary>The number of types met.</summary>
    public int Count => _known.Count;

    /// <summary>The type, or null for an address without a method table.</summary>
    public MethodTable? Get(ulong address)
    {
        if (address == _lastAddress) return _last;
        if (!_known.TryGetValue(address, out MethodTable? table))
        {
            table = Read(address);
            _known.Add(address, table);
        }

        (_lastAddress, _last) = (address, table);
        return table;
    }

    /// <summary>Whether the type can be unloaded, or the address has no type.</summary>
    public bool IsCollectible(ulong address) =>
        !read.TryRead(address, out Header header) || (header.Flags & Collectible) != 0;

    private MethodTable? Read(ulong address)
    {
        if (address == 0 || address % sizeof(ulong) != 0 || !read.TryRead(address, out Header header)) return null;
        if (header.BaseSize is < MinObjectSize or > int.MaxValue) return null;
        uint elementSize = (header.Flags & HasComponentSize) != 0 ? header.Flags & 0xffff : 0;
        ulong loaderAllocator = (header.Flags & Collectible) != 0 ? loaderAllocatorOf(address) : 0;
        var plain = new MethodTable(header.BaseSize, elementSize, [], null, loaderAllocator);
        if ((header.Flags & ContainsReferences) == 0) return plain;
        if (!read.TryRead(address - sizeof(ulong), out long count)) return null;
        return count switch
        {
            > 0 and <= MaxRuns =>
                Runs(address, (int)count, header.BaseSize, isArray: elementSize != 0) is { } runs
                    ? plain with { Runs = runs }
                    : null,
            < 0 and >= -MaxRuns =>
                Pattern(address, (int)-count, header.BaseSize, elementSize) is { } pattern
                    ? plain with { Elements = pattern }
                    : null,
            _ => null,
        };
    }

    // The GC descriptor grows downward from the method table: count, then (length - object size, offset) for each run.
    // An array has one run, its elements.
    private ReferenceRun[]? Runs(ulong address, int count, uint baseSize, bool isArray)
    {
        if (isArray && count != 1) return null;
        long[] words = new long[count * 2];
        if (!ReadBelow(address - sizeof(ulong), words)) return null;
        var runs = new ReferenceRun[count];
        for (int i = 0; i < count; i++)
        {
            long length = words[^((i * 2) + 2)] + baseSize;
            long offset = words[^((i * 2) + 1)];
            if (offset < sizeof(ulong) || offset % sizeof(ulong) != 0 || offset > baseSize) return null;
            if (length < 0 || length > baseSize - offset) return null;
            runs[i] = new ReferenceRun((int)offset, length);
        }

        Array.Sort(runs, (a, b) => a.Offset.CompareTo(b.Offset));
        return runs;
    }

    // For structs in an array: count (negative), offset, then (references, bytes to skip) for each group.
    private ElementPattern? Pattern(ulong address, int count, uint baseSize, uint elementSize)
    {
        long[] words = new long[count + 1];
        if (!ReadBelow(address - sizeof(ulong), words)) return null;
        long offset = words[^1], covered = 0;
        var groups = new (int References, int Skip)[count];
        for (int i = 0; i < count; i++)
        {
            ulong word = (ulong)words[^(i + 2)];
            groups[i] = ((int)(word & 0xffffffff), (int)(word >> 32));
            if (groups[i].References < 0 || groups[i].Skip < 0 || groups[i].Skip % sizeof(ulong) != 0) return null;
            covered += ((long)groups[i].References * sizeof(ulong)) + groups[i].Skip;
        }

        if (covered != elementSize || covered == 0) return null;
        // The references of the first element lie within it, and so do those of all others.
        var pattern = new ElementPattern(offset, groups);
        long first = baseSize - sizeof(ulong);
        bool fits = offset >= first && offset <= first + covered - pattern.Length;
        return fits && offset >= MinObjectSize && offset % sizeof(ulong) == 0
            ? pattern
            : null;
    }

    private bool ReadBelow(ulong end, long[] words)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(words.AsSpan());
        return read(end - (ulong)bytes.Length, bytes) == bytes.Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public uint Flags;
        public uint BaseSize;
    }
}
