namespace LifetimeMonitor.Snapshots;

/// <summary>The dumps of this process that are being read, by the thread that does, to delete the one of a thread that will never do it itself.</summary>
internal static class LivingDumps
{
    private static readonly Gate s_gate = new();
    private static readonly Dictionary<int, (DumpDirectory Dumps, string File)> s_dumps = [];

    /// <summary>Notes a dump that this thread is going to read.</summary>
    public static void Add(DumpDirectory dumps, string file)
    {
        using (s_gate.Enter()) s_dumps[Environment.CurrentManagedThreadId] = (dumps, file);
    }

    /// <summary>Forgets the one of this thread.</summary>
    public static void Remove()
    {
        using (s_gate.Enter()) _ = s_dumps.Remove(Environment.CurrentManagedThreadId);
    }

    /// <summary>Deletes the one of a thread, if there is one. What the thread has open takes disk space until the process ends.</summary>
    public static void Delete(Thread thread)
    {
        (DumpDirectory Dumps, string File) dump;
        using (s_gate.Enter())
        {
            if (!s_dumps.Remove(thread.ManagedThreadId, out dump)) return;
        }

        dump.Dumps.Delete(dump.File);
    }
}
