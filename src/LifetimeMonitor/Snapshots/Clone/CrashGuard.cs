using System.Runtime.InteropServices;

namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>
/// Keeps a crash inside the runtime's debugging component from ending the process (<c>guard.c</c>): it is native code in our process, and takes
/// what it finds in a copy of half-done work for granted. The thread that crashed sleeps for ever, and may hold the component's lock; so nobody may ask it again.
/// </summary>
internal static unsafe class CrashGuard
{
    private static readonly object s_gate = new();

    /// <summary>A thread crashed. It will never end.</summary>
    public static bool HasCrashed => OperatingSystem.IsLinux() && Volatile.Read(ref Guard->Crashed) > 0;

    /// <summary>Why there is no path, and will be none.</summary>
    public static string Explain() =>
        $"the runtime's debugging component crashed on the copy of the process (at 0x{Guard->Fault - Guard->Start:x} of its code); it is not asked again in this process";

    private static CrashGuardMemory* Guard => (CrashGuardMemory*)CloneCode.GuardMemory;

    /// <summary>Guards this thread, until what is returned is disposed on it, against crashes in a range of code.</summary>
    /// <returns>Null where it cannot be guarded.</returns>
    public static IDisposable? Enter((ulong Start, ulong End) code)
    {
        try
        {
            lock (s_gate)
            {
                (Guard->Start, Guard->End) = code;
                return Call(enter: true) ? new Guarded() : null;
            }
        }
        catch (SnapshotRefusedException)
        {
            return null; // No memory can be made executable.
        }
    }

    private static bool Call(bool enter) => ((delegate* unmanaged<int, int>)CloneCode.GuardEntryPoint)(enter ? 1 : 0) == 0;

    private sealed class Guarded : IDisposable
    {
        public void Dispose()
        {
            lock (s_gate) _ = Call(enter: false);
        }
    }
}

/// <summary><c>struct guard</c> of <c>guard.c</c>; what it remembers of the handler before follows.</summary>
[StructLayout(LayoutKind.Sequential, Size = 80)]
internal struct CrashGuardMemory
{
    public int Crashed;
    public int FirstThread, SecondThread, ThirdThread, FourthThread;
    public ulong Start, End, Fault;
}
