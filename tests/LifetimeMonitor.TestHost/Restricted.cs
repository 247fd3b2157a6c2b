using System.Runtime.InteropServices;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Removes from this process rights and services that a container may lack, and checks. Root changes to another user
/// first, because root may do everything.
/// </summary>
internal static partial class Restricted
{
    private const int Nobody = 65534, SetDumpable = 4, LimitOfProcesses = 6;
    private const uint ReadWrite = 3, PrivateFixed = 0x12, PrivateAnonymousReserved = 0x4022;

    public static int Run(string how)
    {
        Console.WriteLine(how); // The console starts a thread with the first word.
        _ = Holder.LeakThroughList().Check(new LifetimeOptions { Snapshots = [] }); // Starts the thread for finalizers.
        if (how != "dump" && geteuid() == 0 && setresuid(Nobody, Nobody, Nobody) != 0) return 3;
        // The change of the user made the process one that others may not read.
        if (prctl(SetDumpable, how == "non-dumpable" ? 0 : 1, 0, 0, 0) != 0) return 4;
        if (how == "no-processes" && setrlimit(LimitOfProcesses, new Limit { Current = 1, Most = 1 }) != 0) return 5;
        if (!TryForbid(how)) return 6;
        var options = how == "dump" ? new LifetimeOptions { Snapshots = [SnapshotKind.Dump] } : new LifetimeOptions();
        LifetimeReport report = how == "without-reading-in-clone"
            ? LifetimeCheck.Run([Holder.LeakThroughList().Monitored], options, new Diagnoser(new SnapshotLadder(new ReadingLinux())))[0]
            : Holder.LeakThroughList().Check(options);
        Console.WriteLine(report);
        return report.Verdict is LifetimeVerdict.Retained or LifetimeVerdict.Alive && Leftovers.IsNothing() ? 0 : 1;
    }

    // The clone inherits the filter.
    private static bool TryForbid(string how) => how switch
    {
        "without-clone" => Seccomp.TryForbid(Seccomp.Clone),
        "without-children" => Seccomp.TryForbidProcesses(),
        "without-readv" or "without-reading-in-clone" => Seccomp.TryForbid(Seccomp.ProcessVmReadv),
        "without-death-signal" => Seccomp.TryForbid(Seccomp.ProcessControl, (0, Seccomp.SetDeathSignal)),
        "without-populating" => Seccomp.TryForbid(Seccomp.MemoryAdvice, (2, Seccomp.PopulateWrite)),
        // Only a clone maps memory like this: for type data (freeze.c), and for its search (blocks.c).
        "without-private-mappings" => Seccomp.TryForbid(Seccomp.MemoryMap, (2, ReadWrite), (3, PrivateFixed)),
        "without-memory-in-clone" => Seccomp.TryForbid(Seccomp.MemoryMap, (2, ReadWrite), (3, PrivateAnonymousReserved)),
        "without-limits" => Seccomp.TryForbid(Seccomp.SetLimit) && Seccomp.TryForbid(Seccomp.SetLimitOfProcess),
        _ => true,
    };

    /// <summary>Reads a clone through the file of its memory, and denies the clone the file.</summary>
    private sealed class ReadingLinux : RealLinux
    {
        public override SafeFileHandle OpenMemory(int processId) => new(-1, ownsHandle: false);

        public override nint Read(int processId, SafeFileHandle memory, ulong address, Span<byte> buffer)
        {
            using SafeFileHandle file = base.OpenMemory(processId);
            return base.Read(processId, file, address, buffer);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nint Current;
        public nint Most;
    }

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int geteuid();

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setresuid(int real, int effective, int saved);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int prctl(int option, nint a, nint b, nint c, nint d);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setrlimit(int resource, in Limit limit);
}
