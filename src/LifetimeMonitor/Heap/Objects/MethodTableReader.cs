using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap.Objects;

/// <summary>
/// Reads method tables and their GC descriptors (<see cref="MethodTableLayout"/>) from raw memory, and rejects all that
/// are inconsistent.
/// </summary>
internal sealed class MethodTableReader(ReadMemory read, Func<ulong, ulong> loaderAllocatorOf)
{
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
        !read.TryRead(address, out MethodTableHeader header) || header.IsCollectible;

    private MethodTable? Read(ulong address)
    {
        if (address == 0 || address % sizeof(ulong) != 0 || !read.TryRead(address, out MethodTableHeader header))
            return null;
        if (header.BaseSize is < ObjectLayout.MinSize or > int.MaxValue) return null;
        uint elementSize = header.ElementSize;
        ulong loaderAllocator = header.IsCollectible ? loaderAllocatorOf(address) : 0;
        var plain = new MethodTable(header.BaseSize, elementSize, [], null, loaderAllocator);
        if (!header.ContainsReferences) return plain;
        if (!read.TryRead(address - sizeof(ulong), out long count)) return null;
        return count switch
        {
            > 0 and <= MethodTableLayout.MaxRuns =>
                Runs(address, (int)count, header.BaseSize, isArray: elementSize != 0) is { } runs
                    ? plain with { Runs = runs }
                    : null,
            < 0 and >= -MethodTableLayout.MaxRuns =>
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
        return fits && offset >= ObjectLayout.MinSize && offset % sizeof(ulong) == 0
            ? pattern
            : null;
    }

    private bool ReadBelow(ulong end, long[] words)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(words.AsSpan());
        return read(end - (ulong)bytes.Length, bytes) == bytes.Length;
    }
}
