using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// A container whose memory is nearly used up: threads write to all of a large heap while checks fail, so the system
/// has to copy the written pages for the clone. The process enters a memory control group that it creates.
/// </summary>
internal static class MemoryLimit
{
    private const int PieceLength = 1024 * 1024;

    /// <param name="live">The live memory, in megabytes.</param>
    /// <param name="limit">The limit of the group, in megabytes.</param>
    /// <param name="checks">The number of failing checks.</param>
    public static int Run(int live, int limit, int checks)
    {
        if (!ControlGroup.TryEnter(limit * 1024L * 1024L, out string? why))
        {
            Console.WriteLine($"skipped: {why}");
            return 0;
        }

        byte[][] heap = [.. Enumerable.Range(0, live).Select(_ => new byte[PieceLength])];
        bool stop = false;
        Thread[] writing = [.. Enumerable.Range(0, 2).Select(n => new Thread(() =>
        {
            for (byte value = 0; !Volatile.Read(ref stop); value++)
            {
                for (int i = n; i < heap.Length; i += 2)
                {
                    for (int j = 0; j < PieceLength; j += 512) heap[i][j] = value;
                }
            }
        })
        { IsBackground = true })];
        foreach (Thread thread in writing) thread.Start();
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int wrong = 0;
        for (int i = 0; i < checks; i++)
        {
            LifetimeReport report = Holder.LeakThroughList().Check();
            string reason = Holder.IsTheList(report) ? "the path" : $"{report.Certainty}: {report.Reason}";
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            if (report.Verdict is LifetimeVerdict.Dead) wrong++;
        }

        Volatile.Write(ref stop, value: true);
        foreach (Thread thread in writing) thread.Join();
        foreach ((string reason, int count) in reasons) Console.WriteLine($"{count} times {reason}");
        Console.WriteLine($"{checks} checks, {wrong} wrong; {Leftovers.Describe()}");
        return wrong == 0 && Leftovers.IsNothing() ? 0 : 1;
    }
}
