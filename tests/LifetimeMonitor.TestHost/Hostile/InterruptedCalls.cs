using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// Threads that repeatedly wait in the kernel for a moment. If a call ends with EINTR without a signal, a check has
/// disturbed it.
/// </summary>
internal static unsafe partial class InterruptedCalls
{
    private const int Interrupted = 4;
    private static readonly int s_polled = epoll_create1(0);
    private static readonly string[] s_names = ["poll", "epoll_wait", "nanosleep", "clock_nanosleep", "select"];

    public static int Run(int checks, bool byDump)
    {
        LifetimeOptions options = byDump ? new LifetimeOptions { Snapshots = [SnapshotKind.Dump] } : LifetimeOptions.Default;
        _ = Holder.LeakThroughList().Check(options);
        int[] calls = new int[s_names.Length], interrupted = new int[s_names.Length];
        bool stop = false;
        Thread[] waiting = [.. s_names.Select((_, kind) => new Thread(() =>
        {
            for (long milliseconds = 1; !Volatile.Read(ref stop); milliseconds = (milliseconds % 7) + 1)
            {
                calls[kind]++;
                if (Wait(kind, milliseconds) == Interrupted) interrupted[kind]++;
            }
        })
        { IsBackground = true })];
        foreach (Thread thread in waiting) thread.Start();
        int wrong = 0;
        for (int i = 0; i < checks; i++)
        {
            LifetimeReport report = Holder.LeakThroughList().Check(options);
            if (Holder.IsTheList(report)) continue;
            wrong++;
            Console.WriteLine(report);
        }

        Volatile.Write(ref stop, value: true);
        foreach (Thread thread in waiting) thread.Join();
        Console.WriteLine(
            $"{checks} checks, {wrong} wrong; interrupted: " +
            $"{string.Join(", ", s_names.Select((name, i) => $"{interrupted[i]} of {calls[i]} {name}"))}");
        return wrong;
    }

    /// <summary>Waits in the call with this number; returns the errno, or the result of the call.</summary>
    public static int Wait(int kind, long milliseconds)
    {
        long* time = stackalloc long[2] { 0, milliseconds * 1_000_000 };
        byte* events = stackalloc byte[16];
        int result = (kind % s_names.Length) switch
        {
            0 => poll(null, 0, (int)milliseconds),
            1 => epoll_wait(s_polled, events, 1, (int)milliseconds),
            2 => nanosleep(time, null),
            3 => clock_nanosleep(1, 0, time, null),
            _ => Select(milliseconds),
        };
        return result < 0 ? Marshal.GetLastPInvokeError() : result;
    }

    private static int Select(long milliseconds)
    {
        long* time = stackalloc long[2] { 0, milliseconds * 1000 };
        return select(0, null, null, null, time);
    }

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int epoll_wait(int polled, byte* events, int count, int milliseconds);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int poll(byte* files, nuint count, int milliseconds);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int nanosleep(long* time, long* rest);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int clock_nanosleep(int clock, int flags, long* time, long* rest);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int select(int count, byte* read, byte* write, byte* except, long* time);
}
