using System.Buffers.Binary;
using Microsoft.Diagnostics.Runtime;

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

    public static LoaderHeaps In(ClrRuntime runtime, ReadMemory read)
    {
        IEnumerable<ClrAppDomain> domains =
            runtime.SystemDomain is { } system ? runtime.AppDomains.Append(system) : runtime.AppDomains;
        // A collectible assembly has a loader allocator of its own.
        HashSet<ulong> allocators = [], starts = [];
        IEnumerable<ClrModule> modules =
            runtime.EnumerateModules().Where(m => m.LoaderAllocator != 0 && allocators.Add(m.LoaderAllocator));
        return new LoaderHeaps(domains
            .SelectMany(d => d.EnumerateLoaderAllocatorHeaps())
            .Concat(modules.SelectMany(m => m.EnumerateLoaderAllocatorHeaps()))
            .Where(h => h.Kind == NativeHeapKind.HighFrequencyHeap && h.MemoryRange.Length is > 0 and < int.MaxValue)
            .Where(h => starts.Add(h.MemoryRange.Start))
            .Select(h => new LoaderHeap(h.MemoryRange.Start, Copy(h.MemoryRange, read))));
    }

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

    private static byte[] Copy(MemoryRange range, ReadMemory read)
    {
        byte[] bytes = new byte[range.Length];
        int length = read(range.Start, bytes);
        return length == bytes.Length ? bytes : bytes[..Math.Max(length, 0)];
    }
}

/// <summary>One loader heap.</summary>
/// <param name="Start">Its address.</param>
/// <param name="Bytes">Its contents, up to the first unreadable byte.</param>
internal sealed record LoaderHeap(ulong Start, byte[] Bytes);
