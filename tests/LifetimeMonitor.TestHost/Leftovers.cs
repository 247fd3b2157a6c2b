using System.Globalization;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Leftovers of a check: child processes, zombies, temporary files, descriptors, threads, and memory in use.
/// </summary>
internal static class Leftovers
{
    private const int Checks = 50;

    public static int Run()
    {
        // The first check creates permanent parts, such as loaded libraries and the runtime's own threads.
        for (int i = 0; i < 3; i++) _ = Holder.LeakThroughList().Check();
        (int files, int threads) before = (Count("/proc/self/fd"), Count("/proc/self/task"));
        for (int i = 0; i < Checks; i++)
        {
            LifetimeReport report = Holder.LeakThroughList().Check();
            if (Holder.IsTheList(report)) continue;
            Console.WriteLine($"check {i}: {report}");
            return 2;
        }

        // The system takes some time to end a thread, and the runtime starts and ends its own threads.
        bool ended = SpinWait.SpinUntil(() => OurThreads() == 0, TimeSpan.FromSeconds(10));
        int more = Count("/proc/self/fd") - before.files;
        int moreThreads = Count("/proc/self/task") - before.threads;
        Console.WriteLine($"{Describe()}; {more} more descriptors, {moreThreads} more threads, {OurThreads()} of them ours");
        return IsNothing() && more <= 0 && moreThreads < Checks / 5 && ended ? 0 : 1;
    }

    public static string Describe() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Children().Count} children left, {TemporaryDirectories()} directories left" +
            $"{(Memory > 0 ? $", {Memory} pieces of memory left" : "")}");

    /// <summary>Whether there is no child (except a known one), no zombie, no directory and no memory.</summary>
    public static bool IsNothing(int? except = null) =>
        Children().All(c => c == except?.ToString(CultureInfo.InvariantCulture))
        && TemporaryDirectories() == 0
        && (Memory == 0 || CrashGuard.IsComponentLost); // a crashed thread sleeps with its memory

    /// <summary>The number of open descriptors.</summary>
    public static int Files() => Count("/proc/self/fd");

    /// <summary>The targets of the open descriptors.</summary>
    public static IEnumerable<string> OpenFiles() =>
        Directory.GetFiles("/proc/self/fd").Select(f => new FileInfo(f).LinkTarget).OfType<string>();

    /// <summary>The number of running children; an ended child maps no memory.</summary>
    public static int LivingChildren() => Children().Count(c => ReadAll($"/proc/{c}/maps").Length > 0);

    // Zombies are children, too; the kernel lists both, with any exit signal.
    public static List<string> Children() =>
    [
        .. Directory.GetDirectories("/proc/self/task")
            .SelectMany(task =>
                ReadAll(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];

    /// <summary>
    /// The number of our threads. The system has fifteen letters of a thread's name; the first thread has the
    /// program's.
    /// </summary>
    public static int OurThreads() => Directory.GetDirectories("/proc/self/task")
        .Count(task =>
            !task.EndsWith($"/{Environment.ProcessId}", StringComparison.Ordinal)
                && ReadAll(Path.Combine(task, "comm")).StartsWith("LifetimeMonitor", StringComparison.Ordinal));

    private static int Memory => LifetimeEngine.Current.Scratch.Taken;

    private static int TemporaryDirectories() =>
        Directory.GetDirectories(Path.GetTempPath(), $"lifetimemonitor-{Environment.ProcessId}-*").Length;

    private static int Count(string folder) => Directory.GetFileSystemEntries(folder).Length;

    private static string ReadAll(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return ""; // The thread is gone.
        }
    }
}
