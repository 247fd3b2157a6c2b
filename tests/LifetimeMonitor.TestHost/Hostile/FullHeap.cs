using System.Globalization;

namespace LifetimeMonitor.TestHost.Hostile;

/// <summary>
/// The first check of a process whose heap is nearly full: its limit is set by <c>DOTNET_GCHeapHardLimit</c>. It may have no path, and
/// must have a verdict; then the memory is given back, and there is a path again.
/// </summary>
internal static class FullHeap
{
    /// <param name="left">About how many kilobytes of the heap are left.</param>
    /// <param name="isBusy">Another thread takes and gives back what is left, and runs into the limit again and again.</param>
    public static int Run(int left, bool isBusy)
    {
        List<byte[]>? kept = [];
        int pieces = 0;
        try
        {
            for (; ; pieces++) kept.Add(new byte[16 * 1024]);
        }
        catch (OutOfMemoryException)
        {
            int most = Math.Min(kept.Count, left / 16);
            kept.RemoveRange(kept.Count - most, most);
            GC.Collect();
        }

        bool stop = false;
        var taking = new Thread(() =>
        {
            while (isBusy && !Volatile.Read(ref stop)) TakeAll();
        })
        { IsBackground = true };
        taking.Start();
        string verdict = Check();
        Volatile.Write(ref stop, value: true);
        taking.Join();
        GC.KeepAlive(kept);
        kept = null;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verdict} with {pieces} pieces"));
        LifetimeReport after = Holder.LeakThroughList().Check();
        Console.WriteLine(after);
        return verdict.StartsWith(nameof(LifetimeVerdict.Dead), StringComparison.Ordinal) || after.Paths.Count == 0 ? 1 : 0;
    }

    // What the program itself runs out of memory in is its own affair, and is tried again.
    private static string Check()
    {
        for (int i = 0; ; i++)
        {
            try
            {
                LifetimeReport report = Holder.LeakThroughList().Check();
                return $"{report.Verdict}, {report.Search.Certainty}, {report.Search.Reason}";
            }
            catch (OutOfMemoryException) when (i < 1000)
            {
            }
        }
    }

    private static void TakeAll()
    {
        List<byte[]> taken = [];
        try
        {
            while (taken.Count < 10_000) taken.Add(new byte[4 * 1024]);
        }
        catch (OutOfMemoryException)
        {
            taken.Clear();
        }
    }
}
