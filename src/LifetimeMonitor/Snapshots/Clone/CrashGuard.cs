using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>
/// Keeps a crash of one thread inside the runtime's debugging component (DAC) from ending the process
/// (<c>crash_guard.c</c>). The DAC is native code in our process, and trusts the data in a copy even where it is half
/// done. The crashed thread sleeps forever and may hold the DAC's lock, so no thread may call the DAC again.
/// </summary>
internal sealed unsafe class CrashGuard : IDisposable
{
    private static readonly object s_gate = new();
    private readonly int _slot;

    private CrashGuard(int slot) => _slot = slot;

    /// <summary>A thread crashed: the DAC must not be called any more.</summary>
    public static bool IsComponentLost => Volatile.Read(ref Memory->Crashed) > 0;

    /// <summary>The guarded thread crashed. It will never end.</summary>
    public bool HasCrashed => Volatile.Read(ref Memory->ThreadCrashed[_slot]) != 0;

    /// <summary>Why there is no path, and will be none.</summary>
    public static string Explain() =>
        "the runtime's debugging component crashed on the copy of the process "
        + $"(at 0x{Memory->Fault - Memory->Start:x} of its code), and is not asked again in this process; "
        + "LIFETIMEMONITOR_PATHS=safe asks it for less";

    private static CrashGuardMemory* Memory => (CrashGuardMemory*)CloneCode.GuardMemory;

    /// <summary>
    /// Guards this thread against crashes in a range of code, until the result is disposed on this thread.
    /// </summary>
    /// <returns>Null if the thread cannot be guarded.</returns>
    public static CrashGuard? Enter(ulong start, ulong end)
    {
        try
        {
            using (Interruption.Lock(s_gate))
            {
                (Memory->Start, Memory->End) = (start, end);
                return Call(enter: true) is >= 0 and var slot ? new CrashGuard(slot) : null;
            }
        }
        catch (SnapshotRefusedException)
        {
            return null; // No memory can be made executable.
        }
    }

    public void Dispose()
    {
        using (Interruption.Lock(s_gate)) _ = Call(enter: false);
    }

    private static int Call(bool enter) => ((delegate* unmanaged<int, int>)CloneCode.GuardEntryPoint)(enter ? 1 : 0);
}

/// <summary><c>struct guard</c> of <c>process/crash_guard.h</c>; the previous handler follows.</summary>
[StructLayout(LayoutKind.Sequential, Size = 104)]
internal unsafe struct CrashGuardMemory
{
    private const int MaxGuarded = 4;

    public int Crashed;
    public fixed int Threads[MaxGuarded];
    public fixed int ThreadCrashed[MaxGuarded];
    public ulong Start, End, Fault, IsInstalled;
}
