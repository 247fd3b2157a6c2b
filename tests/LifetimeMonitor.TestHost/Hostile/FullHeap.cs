using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// The first check of a process with a nearly full heap, whose limit is <c>DOTNET_GCHeapHardLimit</c>. It must have a
/// verdict, but may lack the path; after the memory is freed, a check has the path again.
/// </summary>
internal static class FullHeap
{
    private static readonly object[] s_space = new object[500];
    private static List<byte[]>? s_kept;

    /// <param name="left">The free space of the heap, in kilobytes, roughly.</param>
    /// <param name="how">
    /// quiet; busy: another thread repeatedly allocates and frees the rest, up to the limit; control and busy-control:
    /// no check while the heap is full.
    /// </param>
    public static int Run(int left, string how)
    {
        GC.KeepAlive(s_space);
        // Loads the program's own parts before the heap is full, but not those of the library.
        Console.WriteLine($"{how} {LifetimeVerdict.Inconclusive} {PathCertainty.NotSought}");
        using var isFull = new ManualResetEventSlim();
        bool stop = false;
        var taking = new Thread(() =>
        {
            isFull.Wait();
            while (how.StartsWith("busy", StringComparison.Ordinal) && !Volatile.Read(ref stop)) TakeAll();
        })
        { IsBackground = true };
        taking.Start();
        _ = Make();
        Fill(left);
        isFull.Set();
        string verdict = how.EndsWith("control", StringComparison.Ordinal) ? Collect() : Check();
        Volatile.Write(ref stop, value: true);
        taking.Join();
        s_kept = null;
        Console.WriteLine(verdict);
        LifetimeReport after = Holder.LeakThroughList().Check();
        Console.WriteLine(after);
        return verdict.StartsWith(nameof(LifetimeVerdict.Dead), StringComparison.Ordinal) || after.Paths.Count == 0 ? 1 : 0;
    }

    // In its own method: a frame of unoptimized code keeps its objects alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fill(int left)
    {
        List<byte[]> kept = s_kept = [];
        try
        {
            while (true) kept.Add(new byte[16 * 1024]);
        }
        catch (OutOfMemoryException)
        {
            int most = Math.Min(kept.Count, left / 16);
            kept.RemoveRange(kept.Count - most, most);
            GC.Collect();
        }
    }

    private static string Collect()
    {
        for (int i = 0; i < 10; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return "nothing was checked";
    }

    private static LifeTimeMonitor Make() => Holder.LeakThroughList();

    // If the program itself runs out of memory, it tries again.
    private static string Check()
    {
        for (int i = 0; ; i++)
        {
            try
            {
                LifetimeReport report = Make().Check();
                return $"{report.Verdict}, {report.Certainty}, {report.Reason}";
            }
            catch (OutOfMemoryException) when (i < 1000)
            {
            }
        }
    }

    // The objects form one list, and their allocation needs no other object.
    private static void TakeAll()
    {
        object[]? last = null;
        try
        {
            for (int i = 0; i < 10_000; i++) last = [last!, .. s_space];
        }
        catch (OutOfMemoryException)
        {
            last = null;
        }
    }
}
