using System.Diagnostics;

namespace LifetimeMonitor.Collecting;

/// <summary>The thread that runs finalizers: nothing on it may wait for finalizers, because it would wait for itself.</summary>
internal static class FinalizerThread
{
    /// <summary>Whether this is it. Costs nothing on a thread of a pool, in the foreground, or with a name; elsewhere a look at the stack.</summary>
    public static bool IsCurrent
    {
        get
        {
            Thread thread = Thread.CurrentThread;
            if (!thread.IsBackground || thread.IsThreadPoolThread || thread.Name is not null) return false;
            // The runtime calls finalizers directly before .NET 10, and through a method of its own since then.
            return new StackTrace(fNeedFileInfo: false).GetFrames() is [.., var first] && first.GetMethod()?.Name is "Finalize" or "RunFinalizers";
        }
    }
}
