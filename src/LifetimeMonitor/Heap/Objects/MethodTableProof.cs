using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;
using static LifetimeMonitoring.Heap.RuntimeLayout.MethodTableLayout;

namespace LifetimeMonitoring.Heap.Objects;

/// <summary>
/// Proves without the DAC that an address is that of a method table. The method table leads to its class (directly or
/// through the canonical method table of a shared generic type), and the class leads back. The same is true for all its
/// parents, up to <see cref="object"/>. None of them lies in a heap segment, because two objects can lead to each other
/// at the same offsets. A check with known types confirms these offsets (<see cref="MethodTableLayout"/>) once; if it
/// fails, nothing is proved.
/// </summary>
/// <param name="read">Reads the snapshot.</param>
/// <param name="isInHeap">Whether an address is in a segment of the heap.</param>
internal sealed class MethodTableProof(ReadMemory read, Func<ulong, bool> isInHeap)
{
    private static readonly ulong s_object = (ulong)typeof(object).TypeHandle.Value;
    private readonly HashSet<ulong> _asked = [];
    private readonly HashSet<ulong> _proved = [];
    private bool? _isAvailable;

    /// <summary>Whether this runtime has the known layout.</summary>
    public bool IsAvailable => _isAvailable ??=
        new[] { typeof(object), typeof(string), typeof(int[]), typeof(List<string>), typeof(IDisposable) }
            .All(t => IsProved((ulong)t.TypeHandle.Value));

    public bool Proves(ulong address) => IsAvailable && IsProved(address);

    /// <summary>Whether an address is that of a method table that the runtime made for a suspended async method.</summary>
    public bool ProvesContinuation(ulong address) => IsContinuation(address) && Proves(address);

    /// <summary>
    /// Whether the DAC may be asked about an address: it has been seen to crash on garbage. It is asked all the same
    /// when nothing can be proved.
    /// </summary>
    public bool Allows(ulong address) => !IsAvailable || Proves(address);

    private bool IsProved(ulong methodTable)
    {
        if (methodTable == 0 || methodTable % sizeof(ulong) != 0) return false;
        // A method table that is its own ancestor is none.
        if (!_asked.Add(methodTable)) return _proved.Contains(methodTable);
        return !isInHeap(methodTable) && LeadsBack(methodTable) && HasParent(methodTable) && _proved.Add(methodTable);
    }

    private bool LeadsBack(ulong methodTable)
    {
        if (!read.TryRead(methodTable + ClassOffset, out ulong type)) return false;
        if ((type & IsCanonicalMethodTable) != 0)
        {
            methodTable = type & ~IsCanonicalMethodTable;
            if (methodTable % sizeof(ulong) != 0 || !read.TryRead(methodTable + ClassOffset, out type)) return false;
        }

        return type % sizeof(ulong) == 0
            && read.TryRead(type + ClassBackPointerOffset, out ulong back)
            && (back == methodTable || IsContinuation(methodTable));
    }

    // The method tables for suspended async methods share one class, which leads back to one of them (.NET 11).
    private bool IsContinuation(ulong methodTable) =>
        ContinuationLayout.OfThisRuntime.Value is { } layout
        && read.TryRead(layout.ClassVariable, out ulong shared)
        && read.TryRead(methodTable + ClassOffset, out ulong type)
        && type == shared
        && read.TryRead(methodTable + ParentOffset, out ulong parent)
        && parent == layout.Parent;

    // An interface has the parent, too.
    private bool HasParent(ulong methodTable) =>
        methodTable == s_object
        || (read.TryRead(methodTable + ParentOffset, out ulong parent) && IsProved(parent));
}
