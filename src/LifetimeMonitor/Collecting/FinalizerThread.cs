using System.Diagnostics;
#if !NET9_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
#endif

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
            // The runtime calls finalizers directly before .NET 10, and through a method of its own since then, as NativeAOT does.
            return new StackTrace(fNeedFileInfo: false).GetFrames() is [.., var first] && NameOf(first) is "Finalize" or "RunFinalizers" or "ProcessFinalizers";
        }
    }

#if NET9_0_OR_GREATER
    private static string? NameOf(StackFrame frame) => DiagnosticMethodInfo.Create(frame)?.Name;
#else
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A method that runs is there; only its name is asked for.")]
    private static string? NameOf(StackFrame frame) => frame.GetMethod()?.Name;
#endif
}
