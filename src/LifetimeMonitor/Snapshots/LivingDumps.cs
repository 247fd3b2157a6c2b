using LifetimeMonitor.Snapshots.Dump;

namespace LifetimeMonitor.Snapshots;

/// <summary>
/// The dumps of this process that are being written or read, by the thread that does, to end what a thread does not end itself: one that is
/// not waited for any more, or that will never go on.
/// </summary>
internal static class LivingDumps
{
    private static readonly Gate s_gate = new();
    private static readonly Dictionary<int, (DumpDirectory Dumps, string File)> s_dumps = [];
    private static readonly Dictionary<int, IDumpProcess> s_processes = [];

    /// <summary>Notes a dump that this thread is going to have written and read.</summary>
    public static void Add(DumpDirectory dumps, string file)
    {
        using (s_gate.Enter()) s_dumps[Environment.CurrentManagedThreadId] = (dumps, file);
    }

    /// <summary>Notes the process that writes the one of this thread; null before it is disposed.</summary>
    public static void Note(IDumpProcess? process)
    {
        lock (s_gate)
        {
            if (process is null) _ = s_processes.Remove(Environment.CurrentManagedThreadId);
            else s_processes[Environment.CurrentManagedThreadId] = process;
        }
    }

    /// <summary>Forgets the one of this thread.</summary>
    public static void Remove()
    {
        using (s_gate.Enter()) _ = s_dumps.Remove(Environment.CurrentManagedThreadId);
    }

    /// <summary>Kills what writes the one of a thread, and deletes it. What the thread has open still takes disk space.</summary>
    public static void End(Thread thread)
    {
        (DumpDirectory Dumps, string File) dump;
        using (s_gate.Enter())
        {
            if (s_processes.TryGetValue(thread.ManagedThreadId, out IDumpProcess? process)) process.Kill();
            if (!s_dumps.Remove(thread.ManagedThreadId, out dump)) return;
        }

        dump.Dumps.Delete(dump.File);
    }
}
