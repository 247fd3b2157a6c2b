using LifetimeMonitoring.Snapshots.Dump;

namespace LifetimeMonitoring.Snapshots;

/// <summary>
/// The dumps of this process that are being written or read, by the thread that does so. Another thread can end a dump
/// here if its own thread does not: because it is no longer awaited, or will never continue.
/// </summary>
internal static class ActiveDumps
{
    private static readonly Gate s_gate = new();
    private static readonly Dictionary<int, (DumpDirectory Dumps, string File)> s_dumps = [];
    private static readonly Dictionary<int, IDumpProcess> s_processes = [];

    /// <summary>Registers a dump that this thread is about to have written, and to read.</summary>
    public static void Add(DumpDirectory dumps, string file)
    {
        using (s_gate.Enter()) s_dumps[Environment.CurrentManagedThreadId] = (dumps, file);
    }

    /// <summary>Registers the process that writes this thread's dump; null before that process is disposed.</summary>
    public static void Note(IDumpProcess? process)
    {
        using (s_gate.Enter())
        {
            if (process is null) _ = s_processes.Remove(Environment.CurrentManagedThreadId);
            else s_processes[Environment.CurrentManagedThreadId] = process;
        }
    }

    /// <summary>Removes this thread's dump.</summary>
    public static void Remove()
    {
        using (s_gate.Enter()) _ = s_dumps.Remove(Environment.CurrentManagedThreadId);
    }

    /// <summary>
    /// Kills the process that writes a thread's dump, and deletes the dump. A file that the thread has open still
    /// takes disk space.
    /// </summary>
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
