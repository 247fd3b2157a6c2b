using System.Collections.Concurrent;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>
/// Ends clones completely. A clone that the system does not let us kill is not waited for: it dies with the thread
/// that made it (PR_SET_PDEATHSIG), and is reaped before the next clone is made.
/// </summary>
internal static class CloneReaper
{
    private const int Interrupted = -4, NoSuchProcess = -3, NoChild = -10;
    private const int MaxInterruptions = 1000;
    private static readonly ConcurrentQueue<int> s_left = new();

    /// <summary>Kills a clone and waits until it is gone; false if that failed.</summary>
    /// <param name="linux">The system calls.</param>
    /// <param name="processId">The clone.</param>
    /// <param name="meanwhile">Work to do while the system frees the clone's memory.</param>
    public static bool Of(ILinux linux, int processId, Action? meanwhile = null)
    {
        bool ended = TryEnd(linux, processId, meanwhile);
        if (!ended) s_left.Enqueue(processId);
        return ended;
    }

    /// <summary>Retries the clones that could not be ended.</summary>
    public static void OfThoseLeft(ILinux linux)
    {
        for (int count = s_left.Count; count > 0 && s_left.TryDequeue(out int processId); count--)
            _ = Of(linux, processId);
    }

    // The clone is reaped even if this work fails.
    private static void Try(Action? meanwhile)
    {
        try
        {
            meanwhile?.Invoke();
        }
        catch (OutOfMemoryException)
        {
        }
    }

    private static bool TryEnd(ILinux linux, int processId, Action? meanwhile)
    {
        int killed = linux.Kill(processId);
        if (killed == NoSuchProcess) return true;
        if (killed == 0) Try(meanwhile);
        int reaped = 0;
        for (int i = 0; i < MaxInterruptions; i++)
        {
            reaped = linux.Reap(processId, wait: killed == 0);
            if (reaped != Interrupted) break;
        }

        return reaped == processId || reaped == NoChild;
    }
}
