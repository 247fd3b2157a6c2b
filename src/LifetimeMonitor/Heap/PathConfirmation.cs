using System.Runtime.InteropServices;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap;

/// <summary>Reads the words of a path anew, one by one: the search found it in large blocks.</summary>
// The objects left out of a path were read anew when it was shortened.
internal sealed class PathConfirmation(SnapshotHeap heap, ReadMemory read, HeapMemory memory)
{
    public bool Confirms(HeapRoot root, AddressPath path)
    {
        // A word on a stack may point into the middle of its object.
        if (root is { Kind: not RootKind.Stack, Slot: not 0 }
            && (!read.TryRead(root.Slot, out ulong first) || first != (root.Key != 0 ? root.Key : root.Object)))
        {
            return false;
        }

        for (int i = 0; i < path.Objects.Count; i++)
        {
            if (!IsAsRead(path.Objects[i]) || (i > 0 && !Refers(path.HolderOf(i), path.Objects[i]))) return false;
        }

        return path.IsConfirmed;
    }

    // Its type, and the length of an array.
    private bool IsAsRead(ulong address) =>
        heap.TypeOf(address) is not null
        && read.TryRead(address, out UInt128 header)
        && MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in header))
            .SequenceEqual(memory.Read(address, ObjectLayout.TypeAndLengthSize));

    private bool Refers(ulong holder, ulong address)
    {
        long offset = heap.OffsetOf(holder, address);
        return offset < 0 || (read.TryRead(holder + (ulong)offset, out ulong held) && held == address);
    }
}
