using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>Many failing checks in a row, with a running thread that blocks all signals: nothing may grow.</summary>
internal static unsafe partial class RepeatedChecks
{
    private const int WarmUp = 100, MayGrow = 40, MaxRounds = 3;
    private static int s_wrong;

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
        Check(WarmUp);
        // A leak of ours grows in each round. The runtime grows, too, but not for ever.
        bool grows = true;
        for (int round = 0; round < MaxRounds && grows && s_wrong == 0; round++) grows = Grows(checks);
        Volatile.Write(ref stop, value: true);
        deaf.Join();
        return s_wrong == 0 && !grows && Leftovers.IsNothing() ? 0 : 1;
    }

    private static bool Grows(int checks)
    {
        (int Maps, int Signals, int Files) before = Count();
        Check(checks);
        (int Maps, int Signals, int Files) after = Count();
        Console.WriteLine(
            $"{checks} checks, {s_wrong} wrong; {after.Maps - before.Maps} more mappings (of {before.Maps}), " +
            $"{after.Signals - before.Signals} more signals queued, {after.Files - before.Files} more descriptors; " +
            $"{Leftovers.Describe()}");
        return after.Maps - before.Maps >= MayGrow
            || after.Signals - before.Signals > GC.CollectionCount(0)
            || after.Files - before.Files >= MayGrow;
    }

    private static void Check(int checks)
    {
        for (int i = 0; i < checks; i++)
        {
            LifetimeReport report = Holder.LeakThroughList().Check();
            if (Holder.IsTheList(report)) continue;
            s_wrong++;
            Console.WriteLine(report);
        }
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
