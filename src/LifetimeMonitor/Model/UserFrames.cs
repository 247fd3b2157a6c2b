using System.Diagnostics;
#if !NET9_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
#endif

namespace LifetimeMonitoring;

/// <summary>
/// The stack trace of a failure without the frames of this library: editors and build servers show the line of the
/// first frame.
/// </summary>
internal static class UserFrames
{
    private static readonly HashSet<string> s_ours =
    [
        "LifetimeMonitor",
        "LifetimeMonitor.MSTest",
        "LifetimeMonitor.NUnit",
        "LifetimeMonitor.TUnit",
        "LifetimeMonitor.Xunit",
        "LifetimeMonitor.XunitV3",
    ];

    /// <param name="exception">The failure.</param>
    /// <param name="all">Its stack trace with all frames, which stays when nothing is known of them.</param>
    public static string? Of(Exception exception, string? all)
    {
        try
        {
            StackFrame[] frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
            StackFrame[] users = [.. frames.Where(f => AssemblyOf(f) is not { } name || !s_ours.Contains(name))];
            return users.Length == frames.Length ? all : new StackTrace(users).ToString().TrimEnd();
        }
#pragma warning disable CA1031 // A failure is shown with all its frames rather than not at all.
        catch (Exception)
#pragma warning restore CA1031
        {
            return all;
        }
    }

    /// <summary>The place where an object was tracked, in the form of a frame, or null when it is not known.</summary>
    public static string? At(TrackedObject? tracked) =>
        tracked is { Member: { } member, FilePath: { } file, Line: > 0 }
            ? $"   at {member}() in {file}:line {tracked.Line}"
            : null;

#if NET9_0_OR_GREATER
    private static string? AssemblyOf(StackFrame frame) =>
        DiagnosticMethodInfo.Create(frame)?.DeclaringAssemblyName.Split(',', 2)[0];
#else
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2026",
        Justification = "A method that runs is there; only its assembly is asked for.")]
    private static string? AssemblyOf(StackFrame frame) => frame.GetMethod()?.Module.Assembly.GetName().Name;
#endif
}
