namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>
/// The clones there are, by the threads that made them: one that nobody waits for any more is killed at once, though its thread is
/// still busy with it. Reading it fails from then on, and what reads it is used to that.
/// </summary>
internal static class LivingClones
{
    private static readonly Gate s_gate = new();
    private static readonly Dictionary<int, (ILinux Linux, int ProcessId)> s_clones = [];

    /// <summary>Notes a clone that this thread has made.</summary>
    public static void Add(ILinux linux, int processId)
    {
        using (s_gate.Enter()) s_clones[Environment.CurrentManagedThreadId] = (linux, processId);
    }

    /// <summary>Forgets the one of this thread. Only then may it be reaped: until then its number is nobody else's.</summary>
    public static void Remove()
    {
        using (s_gate.Enter()) _ = s_clones.Remove(Environment.CurrentManagedThreadId);
    }

    /// <summary>Kills the one of a thread, if there is one.</summary>
    public static void Kill(Thread thread)
    {
        using (s_gate.Enter())
        {
            if (s_clones.TryGetValue(thread.ManagedThreadId, out (ILinux Linux, int ProcessId) clone)) _ = clone.Linux.Kill(clone.ProcessId);
        }
    }

    /// <summary>Ends the one of a thread that will never do it itself, if there is one.</summary>
    public static void End(Thread thread)
    {
        using (s_gate.Enter())
        {
            if (s_clones.Remove(thread.ManagedThreadId, out (ILinux Linux, int ProcessId) clone)) _ = CloneEnd.Of(clone.Linux, clone.ProcessId);
        }
    }
}
