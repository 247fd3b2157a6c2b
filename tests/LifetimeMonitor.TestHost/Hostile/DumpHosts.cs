using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots.Dump;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>Programs with an unusual child or thread, and one check by a dump.</summary>
internal static unsafe partial class DumpHosts
{
    private const int ChildSignal = 17, IgnoreIt = 1;
    private static readonly LifetimeOptions s_options = new() { Snapshots = [SnapshotKind.Dump] };

    /// <param name="kind">The unusual property: <c>nothing</c>, or one of those below.</param>
    public static int Run(string kind)
    {
        bool stop = false;
        Thread? reaping = null;
        // The framework's own handling of children.
        nint handler = ForeignSignals.Handler(ChildSignal);
        switch (kind)
        {
            case "ignoring-children":
                _ = signal(ChildSignal, IgnoreIt);
                break;
            case "reaping-children":
                reaping = new Thread(() =>
                {
                    while (!Volatile.Read(ref stop)) _ = waitpid(-1, null, 1);
                });
                reaping.Start();
                break;
            case "starved":
                _ = ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount);
                for (int i = 0; i < 100; i++) _ = ThreadPool.UnsafeQueueUserWorkItem(_ => Thread.Sleep(Timeout.Infinite), null);
                break;
            case "percent":
                Environment.SetEnvironmentVariable("TMPDIR", Directory.CreateTempSubdirectory("100%p%e%").FullName);
                break;
        }

        LifetimeReport report = Holder.LeakThroughList().Check(s_options);
        Volatile.Write(ref stop, value: true);
        reaping?.Join();
        bool isAsBefore = kind == "ignoring-children" || ForeignSignals.Handler(ChildSignal) == handler;
        Console.Write(report);
        bool isNothing = Leftovers.IsNothing();
        if (kind == "percent") Directory.Delete(Path.GetTempPath());
        return Holder.IsTheList(report) && isNothing && isAsBefore ? 0 : 1;
    }

    /// <summary>
    /// The whole process is stopped, as by a signal that createdump did not undo, and the kernel continues it.
    /// </summary>
    public static int RunWokenUp()
    {
        using (WakeUpTimer.Begin(TimeSpan.FromMilliseconds(100))) CreateDumps.Send(Environment.ProcessId, CreateDumps.StopSignal);
        using (var timer = WakeUpTimer.Begin(after: null))
        {
            timer.Start();
            CreateDumps.Send(Environment.ProcessId, CreateDumps.StopSignal);
        }

        Console.WriteLine("it went on twice");
        return 0;
    }

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint signal(int number, nint handler);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int waitpid(int process, int* status, int options);
}
