namespace LifetimeMonitor.Heap.Types;

/// <summary>
/// Whether an address is that of a method table, without asking the runtime's debugging component: the method table leads
/// to its class (directly or through the canonical one of a shared generic type), and the class leads back. Where the
/// two are is checked once against types we know; if they are not there, nothing is proved.
/// Layout: MethodTable::m_pEEClass and EEClass::m_pMethodTable of src/coreclr/vm, the same from .NET 8 to 10.
/// </summary>
internal sealed class MethodTableProof(ReadMemory read)
{
    private const int ClassOffset = 0x28;
    private const int BackPointerOffset = 0x10;
    private const ulong IsCanonicalMethodTable = 1;
    private readonly Dictionary<ulong, bool> _known = [];

    /// <summary>The layout of this runtime is the one we know.</summary>
    public bool IsAvailable { get; } = new[] { typeof(object), typeof(string), typeof(int[]), typeof(List<string>) }
        .All(t => LeadsBack(read, (ulong)t.TypeHandle.Value));

    public bool Proves(ulong address)
    {
        if (!IsAvailable || address == 0 || address % sizeof(ulong) != 0) return false;
        if (!_known.TryGetValue(address, out bool proved)) _known.Add(address, proved = LeadsBack(read, address));
        return proved;
    }

    /// <summary>The runtime's debugging component may be asked about the address: it has been seen to crash on garbage. Where nothing can be proved it is asked all the same.</summary>
    public bool Allows(ulong address) => !IsAvailable || Proves(address);

    private static bool LeadsBack(ReadMemory read, ulong methodTable)
    {
        if (!read.TryRead(methodTable + ClassOffset, out ulong type)) return false;
        if ((type & IsCanonicalMethodTable) != 0)
        {
            methodTable = type & ~IsCanonicalMethodTable;
            if (methodTable % sizeof(ulong) != 0 || !read.TryRead(methodTable + ClassOffset, out type)) return false;
        }

        return type % sizeof(ulong) == 0 && read.TryRead(type + BackPointerOffset, out ulong back) && back == methodTable;
    }
}
