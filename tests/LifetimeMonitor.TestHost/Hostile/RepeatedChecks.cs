using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>Many failing checks in a row, with a running thread that blocks all signals: nothing may grow.</summary>
internal static unsafe partial class RepeatedChecks
{
    private const int WarmUp = 100, MayGrow = 40;

    public static int Run(int checks)
    {
        bool stop = false;
        var deaf = new Thread(() =>
        {
            byte* all = stackalloc byte[128];
            new Span<byte>(all, 128).Fill(byte.MaxValue);
            _ = pthread_sigmask(0, all, null);
            while (!Volatile.Read(ref stop)) Thread.SpinWait(100);
        })
        { IsBackground = true };
        deaf.Start();
        (int Maps, int Signals, int Files) warm = default;
        int wrong = 0;
        for (int i = 0; i < checks + WarmUp; i++)
        {
            if (i == WarmUp) warm = Count();
            LifetimeReport report = Holder.LeakThroughList().Check();
            if (Holder.IsTheList(report)) continue;
            wrong++;
            Console.WriteLine(report);
        }

        (int Maps, int Signals, int Files) end = Count();
        Volatile.Write(ref stop, value: true);
        deaf.Join();
        Console.WriteLine(
            $"{checks} checks, {wrong} wrong; {end.Maps - warm.Maps} more mappings (of {warm.Maps}), " +
            $"{end.Signals - warm.Signals} more signals queued, {end.Files - warm.Files} more descriptors; " +
            $"{Leftovers.Describe()}");
        return wrong == 0
            && end.Maps - warm.Maps < MayGrow
            && end.Signals - warm.Signals <= GC.CollectionCount(0)
            && end.Files - warm.Files < MayGrow
            && Leftovers.IsNothing()
            ? 0
            : 1;
    }

    private static (int Maps, int Signals, int Files) Count() =>
        (File.ReadLines("/proc/self/maps").Count(), Queued(), Leftovers.Files());

    // The line is "SigQ:	queued/most".
    private static int Queued() => int.Parse(
        File.ReadLines("/proc/self/status").First(l => l.StartsWith("SigQ:", StringComparison.Ordinal)).Split('\t')[1].Split('/')[0],
        System.Globalization.CultureInfo.InvariantCulture);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int pthread_sigmask(int how, byte* set, byte* old);
}
