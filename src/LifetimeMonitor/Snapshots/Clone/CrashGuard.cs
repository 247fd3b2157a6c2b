using System.Runtime.InteropServices;

namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>
/// Keeps a crash of one thread inside the runtime's debugging component from ending the process (<c>guard.c</c>): that is native code in our process, and
/// takes what it finds in a copy of half-done work for granted. The thread that crashed sleeps for ever, and may hold the component's lock; so nobody may ask it again.
/// </summary>
internal sealed unsafe class CrashGuard : IDisposable
{
    private static readonly object s_gate = new();
    private readonly int _slot;

    private CrashGuard(int slot) => _slot = slot;

    /// <summary>Some thread crashed: the component may not be asked any more.</summary>
    public static bool IsComponentLost => Volatile.Read(ref Memory->Crashed) > 0;

    /// <summary>The thread that is guarded crashed. It will never end.</summary>
    public bool HasCrashed => Volatile.Read(ref Memory->ThreadCrashed[_slot]) != 0;

    /// <summary>Why there is no path, and will be none.</summary>
    public static string Explain() =>
        $"the runtime's debugging component crashed on the copy of the process (at 0x{Memory->Fault - Memory->Start:x} of its code), and is not asked again in this process; LIFETIMEMONITOR_PATHS=safe asks it for less";

    private static CrashGuardMemory* Memory => (CrashGuardMemory*)CloneCode.GuardMemory;

    /// <summary>Guards this thread, until what is returned is disposed on it, against crashes in a range of code.</summary>
    /// <returns>Null where it cannot be guarded.</returns>
    public static CrashGuard? Enter(ulong start, ulong end)
    {
        try
        {
            lock (s_gate)
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
        lock (s_gate) _ = Call(enter: false);
    }

    private static int Call(bool enter) => ((delegate* unmanaged<int, int>)CloneCode.GuardEntryPoint)(enter ? 1 : 0);
}

/// <summary><c>struct guard</c> of <c>guard.c</c>; what it remembers of the handler before follows.</summary>
[StructLayout(LayoutKind.Sequential, Size = 104)]
internal unsafe struct CrashGuardMemory
{
    private const int MaxGuarded = 4;

    public int Crashed;
    public fixed int Threads[MaxGuarded];
    public fixed int ThreadCrashed[MaxGuarded];
    public ulong Start, End, Fault, IsInstalled;
}
