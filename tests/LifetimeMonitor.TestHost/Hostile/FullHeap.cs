using System.Runtime.CompilerServices;

namespace LifetimeMonitor.TestHost.Hostile;

/// <summary>
/// The first check of a process whose heap is nearly full: its limit is set by <c>DOTNET_GCHeapHardLimit</c>. It may have no path, and
/// must have a verdict; then the memory is given back, and there is a path again.
/// </summary>
internal static class FullHeap
{
    private static readonly object[] s_space = new object[500];
    private static List<byte[]>? s_kept;

    /// <param name="left">About how many kilobytes of the heap are left.</param>
    /// <param name="how">quiet; busy: another thread takes and gives back what is left, and runs into the limit again and again; control and busy-control: nothing is checked while the heap is full.</param>
    public static int Run(int left, string how)
    {
        GC.KeepAlive(s_space);
        Console.WriteLine(how); // The program's own parts are loaded before the heap is full. Those of the library are not.
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

    // In a method of its own: what unoptimized code has in its frame stays alive with it.
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

    // What the program itself runs out of memory in is its own affair, and is tried again.
    private static string Check()
    {
        for (int i = 0; ; i++)
        {
            try
            {
                LifetimeReport report = Make().Check();
                return $"{report.Verdict}, {report.Search.Certainty}, {report.Search.Reason}";
            }
            catch (OutOfMemoryException) when (i < 1000)
            {
            }
        }
    }

    // What it takes hangs together, and nothing else is needed to take it.
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
