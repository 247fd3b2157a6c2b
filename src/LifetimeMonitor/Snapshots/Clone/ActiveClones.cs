namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>
/// The living clones, by the threads that made them. A clone that is no longer awaited is killed at once, even while
/// its thread is busy with it. Reading it fails from then on, which its readers can handle.
/// </summary>
internal static class ActiveClones
{
    private static readonly Gate s_gate = new();
    private static readonly Dictionary<int, (ILinux Linux, int ProcessId)> s_clones = [];

    /// <summary>Registers a clone that this thread has made.</summary>
    public static void Add(ILinux linux, int processId)
    {
        using (s_gate.Enter()) s_clones[Environment.CurrentManagedThreadId] = (linux, processId);
    }

    /// <summary>
    /// Removes this thread's clone. It may be reaped only after that: until then the system cannot reuse its process
    /// id.
    /// </summary>
    public static void Remove()
    {
        using (s_gate.Enter()) _ = s_clones.Remove(Environment.CurrentManagedThreadId);
    }

    /// <summary>Kills the clone of a thread, if there is one.</summary>
    public static void Kill(Thread thread)
    {
        using (s_gate.Enter())
        {
            if (s_clones.TryGetValue(thread.ManagedThreadId, out (ILinux Linux, int ProcessId) clone))
                _ = clone.Linux.Kill(clone.ProcessId);
        }
    }

    /// <summary>Ends the clone of a thread that will never do it itself, if there is one.</summary>
    public static void End(Thread thread)
    {
        using (s_gate.Enter())
        {
            if (s_clones.Remove(thread.ManagedThreadId, out (ILinux Linux, int ProcessId) clone))
                _ = CloneReaper.Of(clone.Linux, clone.ProcessId);
        }
    }
}
