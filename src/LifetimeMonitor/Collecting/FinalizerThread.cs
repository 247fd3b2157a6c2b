using System.Diagnostics;
#if !NET9_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
#endif

namespace LifetimeMonitoring.Collecting;

/// <summary>The thread that runs finalizers. Code on it must not wait for them: it would wait for itself.</summary>
internal static class FinalizerThread
{
    /// <summary>The name of the method through which the runtime calls the last handlers of the process.</summary>
    public const string LastHandlers = "OnProcessExit";

    /// <summary>
    /// Whether a finalizer is running here. Costs nothing on a pool thread, a foreground thread or a named thread;
    /// elsewhere it takes a stack trace.
    /// </summary>
    // The .NET runtime calls finalizers directly before .NET 10, and through a method since then, as NativeAOT does.
    public static bool IsCurrent =>
        IsPossible
        && Stack() is [.., var first]
        && NameOf(first) is "Finalize" or "RunFinalizers" or "ProcessFinalizers";

    /// <summary>
    /// Whether this is the finalizer thread while it runs the last handlers of the process. False where a tail call of
    /// the handler has replaced the frame of its caller.
    /// </summary>
    public static bool RunsLastHandlers => IsPossible && Stack().Any(f => NameOf(f) == LastHandlers);

    private static bool IsPossible =>
        Thread.CurrentThread is { IsBackground: true, IsThreadPoolThread: false, Name: null };

    private static StackFrame[] Stack() => new StackTrace(fNeedFileInfo: false).GetFrames();

#if NET9_0_OR_GREATER
    private static string? NameOf(StackFrame frame) => DiagnosticMethodInfo.Create(frame)?.Name;
#else
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2026",
        Justification = "A method that runs is there; only its name is asked for.")]
    private static string? NameOf(StackFrame frame) => frame.GetMethod()?.Name;
#endif
}
