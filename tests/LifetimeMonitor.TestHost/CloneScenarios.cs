using System.Runtime.InteropServices;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.TestHost;

/// <summary>Failures during the creation of a clone.</summary>
internal static partial class CloneScenarios
{
    private const int Terminate = 15;
    private const int MostRanges = 16384; // process/shared_mappings.h
    private static int s_received;

    /// <summary>
    /// Sends a signal to a clone alone: whose handler runs? (The runtime's handlers use a pipe that both share.)
    /// </summary>
    public static int RunSignal(bool blocked)
    {
        using var handler = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            _ = Interlocked.Increment(ref s_received);
        });
        using var clone = (CloneSnapshot)new SnapshotLadder(new ChangedRequest { LeaveSignals = !blocked }).Take(SnapshotKind.Clone);
        if (kill(clone.ProcessId, Terminate) != 0) return 2;
        _ = SpinWait.SpinUntil(() => Volatile.Read(ref s_received) > 0, TimeSpan.FromSeconds(blocked ? 1 : 10));
        Console.WriteLine($"{Volatile.Read(ref s_received)} signals came to the parent");
        return 0;
    }

    /// <summary>A clone that waits before it watches its parent, which may be gone by then.</summary>
    public static int RunLingering()
    {
        using ProcessSnapshot clone = new SnapshotLadder(new ChangedRequest { Linger = TimeSpan.FromSeconds(10) }).Take(SnapshotKind.Clone);
        return 0;
    }

    /// <summary>A clone that may not request to die with its parent. The parent is then killed.</summary>
    public static int RunOrphaned()
    {
        if (!Seccomp.TryForbid(Seccomp.ProcessControl, (0, Seccomp.SetDeathSignal))) return 2;
        using ProcessSnapshot clone = new SnapshotLadder().Take(SnapshotKind.Clone);
        Console.WriteLine("it waits");
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    /// <summary>
    /// Threads wake repeatedly and cause compilation each time: every clone fails, and nothing is left of it.
    /// </summary>
    public static int RunNeverSettled()
    {
        bool stop = false;
        // A running thread is stopped, and changes nothing.
        Thread[] waking = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                Thread.Sleep(20);
                Load.MakeMethods();
            }
        }) { IsBackground = true })];
        foreach (Thread thread in waking) thread.Start();
        var linux = new ChangedRequest { Linger = TimeSpan.FromMilliseconds(300), LeaveWaiting = true };
        var options = new LifetimeOptions { Snapshots = [SnapshotKind.Clone] };
        LifetimeReport report = LifetimeCheck.Run(
            [Holder.LeakThroughList().Monitored],
            options,
            new Diagnoser(new SnapshotLadder(linux)))[0];
        Volatile.Write(ref stop, value: true);
        foreach (Thread thread in waking) thread.Join();
        Console.WriteLine($"{linux.Clones} clones\n{report}");
        return Leftovers.IsNothing() ? 0 : 1;
    }

    /// <summary>
    /// Too many doubly mapped ranges for the list of a clone: each request fails, and no descriptor stays open.
    /// </summary>
    public static unsafe int RunTooManyRanges()
    {
        const int Page = 4096, ReadWrite = 3, Shared = 1, PrivateReserved = 0x4022, AtThisAddress = 0x10;
        int file = memfd_create("doublemapper", 0);
        if (file < 0 || ftruncate(file, Page) != 0) return 2;
        // Every other page, so that the ranges are not merged.
        nint space = mmap(0, (nint)MostRanges * 2 * Page, 0, PrivateReserved, -1, 0);
        for (nint i = 0; i < MostRanges; i++)
        {
            if (mmap(space + (i * 2 * Page), Page, ReadWrite, Shared | AtThisAddress, file, 0) == -1) return 3;
        }

        var options = new LifetimeOptions { Snapshots = [SnapshotKind.Clone] };
        LifetimeReport report = Holder.LeakThroughList().Check(options);
        int files = Leftovers.Files();
        for (int i = 0; i < 10; i++) report = Holder.LeakThroughList().Check(options);
        Console.WriteLine($"{Leftovers.Files() - files} more descriptors\n{report}");
        return Leftovers.IsNothing() ? 0 : 1;
    }

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int processId, int signal);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ftruncate(int file, nint length);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint mmap(nint address, nint length, int protection, int flags, int file, nint offset);
}
