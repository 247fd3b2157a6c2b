using System.Diagnostics.Tracing;
using System.Reflection;
using System.Runtime;
using System.Runtime.Loader;

namespace LifetimeMonitor.Collecting;

/// <summary>
/// The end of the process, as far as finalizers go: the .NET runtime calls the last handlers (<see cref="AssemblyLoadContext.Unloading"/>,
/// then <see cref="AppDomain.ProcessExit"/>) on the finalizer thread, and runs no finalizer from then on. It tells nobody that it has begun
/// (<see cref="Environment.HasShutdownStarted"/> is always false), so that is seen by what it does.
/// </summary>
internal static class ProcessEnd
{
    private static volatile bool s_hasBegun;

    /// <summary>As far as it was noticed.</summary>
    public static bool HasBegun => s_hasBegun;

    /// <summary>Notices it from now on.</summary>
    public static void Watch()
    {
        // That of our own context is called with all others, and keeps none of them in memory.
        if (AssemblyLoadContext.GetLoadContext(typeof(ProcessEnd).Assembly) is { } ours) ours.Unloading += static _ => Notice();
    }

    /// <summary>
    /// Notices one that began before it was watched for: where the last handlers run, and everywhere once those of the second kind do. In
    /// between it is noticed in a snapshot.
    /// </summary>
    public static void Notice()
    {
        if (!s_hasBegun && IsDotNetRuntime && (FinalizerThread.RunsLastHandlers || HasLostEventSources())) Begin();
    }

    /// <summary>It was seen.</summary>
    public static void Begin()
    {
        s_hasBegun = true;
        FinalizerWait.Shared.Wake();
    }

    // The .NET runtime makes some before it calls Main, and disposes of all that there are between the two kinds of handlers.
    private static bool HasLostEventSources() =>
        Assembly.GetEntryAssembly() is not null
        && (!AppContext.TryGetSwitch("System.Diagnostics.Tracing.EventSource.IsSupported", out bool isOn) || isOn)
        && Interruption.Wait("System.Runtime", TimeSpan.MaxValue, static (name, _) => !EventSource.GetSources().Any(s => s.Name == name));

    // A NativeAOT application runs finalizers to its end.
    private static bool IsDotNetRuntime => JitInfo.GetCompiledMethodCount() > 0;
}
