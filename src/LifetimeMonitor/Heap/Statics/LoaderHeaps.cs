using System.Buffers.Binary;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Heap.Statics;

/// <summary>A copy of the runtime's heaps for type data: megabytes, read at once, as every word is needed.</summary>
internal sealed class LoaderHeaps
{
    private readonly LoaderHeap[] _heaps;

    public LoaderHeaps(IEnumerable<LoaderHeap> heaps)
    {
        _heaps = [.. heaps];
        Array.Sort(_heaps, (a, b) => a.Start.CompareTo(b.Start));
    }

    public IEnumerable<LoaderHeap> Heaps => _heaps;

    public static LoaderHeaps In(DacRuntime runtime, ReadMemory read) =>
        new(runtime.TypeDataHeaps().Select(h => new LoaderHeap(h.Start, Copy(h, read))));

    /// <summary>The word at an address, or 0 for an address outside the heaps.</summary>
    public ulong WordAt(ulong address)
    {
        int low = 0, high = _heaps.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            (ulong start, byte[] bytes) = _heaps[middle];
            if (address < start)
            {
                high = middle - 1;
            }
            else if (address - start >= (ulong)bytes.Length)
            {
                low = middle + 1;
            }
            else
            {
                return address - start + sizeof(ulong) <= (ulong)bytes.Length
                    ? BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan((int)(address - start)))
                    : 0;
            }
        }

        return 0;
    }

    private static byte[] Copy(AddressRange range, ReadMemory read)
    {
        byte[] bytes = new byte[range.End - range.Start];
        int length = read(range.Start, bytes);
        return length == bytes.Length ? bytes : bytes[..Math.Max(length, 0)];
    }
}

/// <summary>One loader heap.</summary>
/// <param name="Start">Its address.</param>
/// <param name="Bytes">Its contents, up to the first unreadable byte.</param>
internal sealed record LoaderHeap(ulong Start, byte[] Bytes);
