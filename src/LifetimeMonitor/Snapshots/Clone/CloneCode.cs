using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>
/// The bytes of <c>clone.c</c>, mapped executable once. They stay mapped, because the signal handlers in them stay
/// installed.
/// </summary>
internal static unsafe class CloneCode
{
    private const int Search = 16, Guard = 32, GuardSlot = 48;

    // A failure is not cached: there may be enough memory next time.
    private static readonly Lazy<nint> s_entryPoint =
        new(() => ExecutableMemory.Map(WithGuard(NativeCode.Current!.Bytes("clone"))), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Where <c>clone_process</c> begins.</summary>
    public static nint EntryPoint => s_entryPoint.Value;

    /// <summary>Where <c>serve</c> begins: the search, without a clone.</summary>
    public static nint SearchEntryPoint => s_entryPoint.Value + Search;

    /// <summary>Where <c>guard</c> begins.</summary>
    public static nint GuardEntryPoint => s_entryPoint.Value + Guard;

    /// <summary>The state of <c>crash_guard.c</c>. It is never freed, like the code that contains its address.</summary>
    public static nint GuardMemory { get; } = (nint)NativeMemory.AllocZeroed((nuint)sizeof(CrashGuardMemory));

    private static byte[] WithGuard(byte[] bytes)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(GuardSlot), GuardMemory);
        return bytes;
    }
}
