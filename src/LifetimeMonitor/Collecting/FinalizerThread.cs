using System.Diagnostics;
#if !NET9_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
#endif

namespace LifetimeMonitor.Collecting;

/// <summary>The thread that runs finalizers: nothing on it may wait for finalizers, because it would wait for itself.</summary>
internal static class FinalizerThread
{
    /// <summary>How the method is called that the runtime calls the last handlers of the process with.</summary>
    public const string LastHandlers = "OnProcessExit";

    /// <summary>
    /// Whether a finalizer is running here. Costs nothing on a thread of a pool, in the foreground, or with a name; elsewhere a look at the
    /// stack.
    /// </summary>
    // The runtime calls finalizers directly before .NET 10, and through a method of its own since then, as NativeAOT does.
    public static bool IsCurrent =>
        IsPossible && Stack() is [.., var first] && NameOf(first) is "Finalize" or "RunFinalizers" or "ProcessFinalizers";

    /// <summary>
    /// Whether this is the finalizer thread, which runs the last handlers of the process; not where the call of the handler has replaced
    /// that of its caller.
    /// </summary>
    public static bool RunsLastHandlers => IsPossible && Stack().Any(f => NameOf(f) == LastHandlers);

    private static bool IsPossible => Thread.CurrentThread is { IsBackground: true, IsThreadPoolThread: false, Name: null };

    private static StackFrame[] Stack() => new StackTrace(fNeedFileInfo: false).GetFrames();

#if NET9_0_OR_GREATER
    private static string? NameOf(StackFrame frame) => DiagnosticMethodInfo.Create(frame)?.Name;
#else
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A method that runs is there; only its name is asked for.")]
    private static string? NameOf(StackFrame frame) => frame.GetMethod()?.Name;
#endif
}
