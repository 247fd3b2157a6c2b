using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// A thread in a native call, which no collection can stop for seconds: checks wait for it and have the right results.
/// </summary>
internal static partial class SlowSuspension
{
    private const uint OneSecond = 1_000_000;
    private const int Rounds = 4;
    private static volatile bool s_entered;

    public static int Run()
    {
        _ = Holder.LeakThroughList().Check();
        var stubborn = new Thread(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                s_entered = true;
                _ = usleep(OneSecond / 2);
            }
        });
        stubborn.Start();
        SpinWait.SpinUntil(() => s_entered);
        LifetimeReport report = Holder.LeakThroughList().Check();
        Console.WriteLine(report);
        stubborn.Join();
        return Holder.IsTheList(report) && Leftovers.IsNothing() ? 0 : 1;
    }

    public static void SleepWithoutLettingGo(TimeSpan time) => _ = usleep((uint)time.TotalMicroseconds);

    [LibraryImport("libc"), SuppressGCTransition, DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int usleep(uint microseconds);
}
