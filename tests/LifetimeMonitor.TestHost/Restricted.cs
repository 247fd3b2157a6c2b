using System.Runtime.InteropServices;

namespace LifetimeMonitor.TestHost;

/// <summary>Takes from this process what a container may not give, and checks. Root gives itself up first: it is allowed everything.</summary>
internal static partial class Restricted
{
    private const int Nobody = 65534, SetDumpable = 4, LimitOfProcesses = 6;

    public static int Run(string how)
    {
        Console.WriteLine(how); // The console starts a thread with the first word.
        _ = Holder.LeakThroughList().Check(new LifetimeOptions { Snapshots = [] }); // A thread to wait for finalizers is had while there is one to have.
        if (how != "dump" && geteuid() == 0 && setresuid(Nobody, Nobody, Nobody) != 0) return 3;
        // Giving up root made the process one that may not be looked into.
        if (prctl(SetDumpable, how == "non-dumpable" ? 0 : 1, 0, 0, 0) != 0) return 4;
        if (how == "no-processes" && setrlimit(LimitOfProcesses, new Limit { Current = 1, Most = 1 }) != 0) return 5;
        if (how == "without-clone" && !Seccomp.TryForbid(Seccomp.Clone)) return 6;
        if (how == "without-readv" && !Seccomp.TryForbid(Seccomp.ProcessVmReadv)) return 6;
        LifetimeReport report = Holder.LeakThroughList().Check(how == "dump" ? new LifetimeOptions { Snapshots = [SnapshotKind.Dump] } : null);
        Console.WriteLine(report);
        return report.Verdict == LifetimeVerdict.Retained && Leftovers.IsNothing() ? 0 : 1;
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
