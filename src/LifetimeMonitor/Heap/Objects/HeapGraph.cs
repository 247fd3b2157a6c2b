using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap.Objects;

/// <summary>
/// The objects of a snapshot as a graph. The search follows references and never walks segments: a walk meets
/// half-allocated objects, a reference does not. An object refers to its fields and elements, to the values that
/// dependent handles attach to it (ConditionalWeakTable) and, if its type is collectible, to its loader allocator.
/// </summary>
internal sealed class HeapGraph(
    SegmentMap segments,
    HeapMemory memory,
    MethodTableReader methodTables,
    Attachments attached) : IObjectGraph
{
    private const int BlockSize = 32 * 1024;
    private const int PassSize = 512 * 1024;
    private const long LongestToCount = 4 << 20;
    private const int MostPlaces = 64;

    public long SlotCount => segments.SlotCount;

    /// <summary>Invalid objects, which were not followed; the search is partial when there are any.</summary>
    public int Unreadable { get; private set; }

    public long SlotOf(ulong address) => segments.SlotOf(address);

    public bool ReadReferences(ulong address, ref long cursor, ReferenceBuffer references)
    {
        if (ObjectAt(address) is not var (table, size))
        {
            Unreadable++;
            return false;
        }

        if (cursor == 0)
        {
            if (attached.To(address) is { } values)
            {
                foreach (ulong value in values) references.Add(value);
            }

            if (table.LoaderAllocator != 0) references.Add(table.LoaderAllocator);
        }

        if (!table.HasReferences) return false;
        foreach (ReferenceRun run in table.Runs)
        {
            // Only the elements of an array can be long; they are its one run.
            long length = run.Length + (size - table.BaseSize);
            if (length > BlockSize) return ReadBlock(address, run.Offset, length, ref cursor, references);
            AppendNonNull(memory.Read(address + (ulong)run.Offset, (int)length), references);
        }

        return table.Elements is { } pattern
            && ReadElements(
                address,
                pattern,
                table.ElementSize,
                count: (size - table.BaseSize) / table.ElementSize,
                ref cursor,
                references);
    }

    public long SizeOf(ulong address) =>
        ObjectAt(address) is var (_, size) ? (size + ObjectLayout.Alignment - 1) & ~(ObjectLayout.Alignment - 1L) : 0;

    /// <summary>The offset of the first reference from one object to another, or -1.</summary>
    public long OffsetOf(ulong holder, ulong held)
    {
        if (ObjectAt(holder) is not var (table, size)) return -1;
        foreach (ReferenceRun run in table.Runs)
        {
            long end = run.Offset + run.Length + (size - table.BaseSize);
            if (IndexOf(holder, held, run.Offset, end) is >= 0 and var at) return at;
        }

        if (table.Elements is not { } pattern) return -1;
        // Any word of an element may equal the reference. Only such a word is tested for being a reference.
        long last = size - sizeof(ulong);
        for (long at = pattern.Offset; (at = IndexOf(holder, held, at, last)) >= 0; at += sizeof(ulong))
        {
            if (pattern.IsReference((int)((at - pattern.Offset) % table.ElementSize))) return at;
        }

        return -1;
    }

    /// <summary>
    /// The number of places in which one object refers to another. An element counts as one place. Null when there are
    /// too many, or the object is too large to count in.
    /// </summary>
    public int? PlacesOf(ulong holder, ulong held)
    {
        if (ObjectAt(holder) is not var (table, size) || size > LongestToCount) return null;
        int places = 0;
        foreach (ReferenceRun run in table.Runs)
        {
            long end = run.Offset + run.Length + (size - table.BaseSize);
            for (long at = run.Offset;
                places < MostPlaces && (at = IndexOf(holder, held, at, end)) >= 0;
                at += sizeof(ulong))
                places++;
        }

        if (table.Elements is not { } pattern) return places < MostPlaces ? places : null;
        long last = size - sizeof(ulong), next = pattern.Offset;
        while (places < MostPlaces && IndexOf(holder, held, next, last) is >= 0 and var found)
        {
            int within = (int)((found - pattern.Offset) % table.ElementSize);
            bool isReference = pattern.IsReference(within);
            if (isReference) places++;
            next = found + (isReference ? table.ElementSize - within : sizeof(ulong));
        }

        return places < MostPlaces ? places : null;
    }

    /// <summary>The type and the size in bytes of the object at an address, or null for an invalid object.</summary>
    public (MethodTable Table, long Size)? ObjectAt(ulong address)
    {
        ReadOnlySpan<byte> header = memory.Read(address, ObjectLayout.TypeAndLengthSize);
        if (header.IsEmpty) return null;
        ulong methodTable = BinaryPrimitives.ReadUInt64LittleEndian(header) & ~ObjectLayout.CollectorsMarks;
        if (methodTables.Get(methodTable) is not { } table) return null;
        long size = table.BaseSize
            + ((long)table.ElementSize * BinaryPrimitives.ReadUInt32LittleEndian(header[ObjectLayout.LengthOffset..]));
        int segment = segments.IndexOf(address);
        return (ulong)size <= segments.Segments[segment].End - address ? (table, size) : null;
    }

    /// <summary>The method table of an object, or 0.</summary>
    public ulong MethodTableOf(ulong address)
    {
        ReadOnlySpan<byte> header = memory.Read(address, sizeof(ulong));
        return header.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(header) & ~ObjectLayout.CollectorsMarks;
    }

    // The offset of a word within a range of offsets, or -1.
    private long IndexOf(ulong holder, ulong word, long from, long to)
    {
        for (long at = from; at + sizeof(ulong) <= to; at += PassSize)
        {
            int length = (int)Math.Min(PassSize, to - at);
            ReadOnlySpan<byte> bytes = length <= BlockSize
                ? memory.Read(holder + (ulong)at, length)
                : memory.Pass(holder + (ulong)at, length);
            int index = MemoryMarshal.Cast<byte, ulong>(bytes).IndexOf(word);
            if (index >= 0) return at + (index * sizeof(ulong));
        }

        return -1;
    }

    private bool ReadBlock(ulong address, int offset, long length, ref long cursor, ReferenceBuffer references)
    {
        int count = (int)Math.Min(BlockSize, length - cursor);
        AppendNonNull(memory.Read(address + (ulong)(offset + cursor), count), references);
        cursor += count;
        return cursor < length;
    }

    private bool ReadElements(
        ulong address,
        ElementPattern pattern,
        uint elementSize,
        long count,
        ref long cursor,
        ReferenceBuffer references)
    {
        // The cursor is the index of the next element.
        long last = Math.Min(count, cursor + Math.Max(1, BlockSize / elementSize));
        for (; cursor < last; cursor++)
        {
            ReadOnlySpan<byte> element = memory.Read(
                address + (ulong)pattern.Offset + (ulong)(cursor * elementSize),
                pattern.Length);
            if (element.IsEmpty) return false;
            foreach ((int referenceCount, int skip) in pattern.Groups)
            {
                int length = referenceCount * sizeof(ulong);
                AppendNonNull(element[..length], references);
                element = element[Math.Min(length + skip, element.Length)..];
            }
        }

        return cursor < count;
    }

    private static void AppendNonNull(ReadOnlySpan<byte> bytes, ReferenceBuffer references)
    {
        foreach (ulong reference in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            if (reference != 0) references.Add(reference);
        }
    }
}
