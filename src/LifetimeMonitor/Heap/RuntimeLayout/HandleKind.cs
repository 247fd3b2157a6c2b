namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>
/// The runtime's kinds of handles: HandleType in src/coreclr/gc/gcinterface.h of dotnet/runtime. A kind that is not
/// here is not strong.
/// </summary>
internal enum HandleKind
{
    WeakShort = 0,
    WeakLong = 1,
    Strong = 2,
    Pinned = 3,
    RefCounted = 5,
    Dependent = 6,
    AsyncPinned = 7,
    SizedRef = 8,

    /// <summary>
    /// With such a handle .NET 9 and later keep the Type and the statics of a collectible type (dotnet/runtime#100446).
    /// ClrMD 4.2 has no name for it, and calls every kind strong that it does not know to be weak.
    /// </summary>
    WeakInteriorPointer = 10,
}
