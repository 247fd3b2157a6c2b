using System.Diagnostics.Tracing;
using System.Reflection;
using System.Runtime;
using System.Runtime.Loader;

namespace LifetimeMonitoring.Collecting;

/// <summary>
/// The end of the process with regard to finalizers. The .NET runtime calls the last handlers
/// (<see cref="AssemblyLoadContext.Unloading"/>, then <see cref="AppDomain.ProcessExit"/>) on the finalizer thread, and
/// runs no finalizer from then on. No API reports the beginning of the end
/// (<see cref="Environment.HasShutdownStarted"/> is always false), so this class detects it by its effects.
/// </summary>
internal static class ProcessEnd
{
    private static volatile bool s_hasBegun;

    /// <summary>Raised when the end is noticed.</summary>
    public static event Action? Began;

    /// <summary>Whether the end has begun, as far as this class noticed.</summary>
    public static bool HasBegun => s_hasBegun;

    /// <summary>Starts noticing it.</summary>
    public static void Watch()
    {
        // The runtime raises this event of our own context along with all others. The handler keeps no other context in
        // memory.
        if (AssemblyLoadContext.GetLoadContext(typeof(ProcessEnd).Assembly) is { } ours)
            ours.Unloading += static _ => Notice();
    }

    /// <summary>
    /// Notices an end that began before <c>Watch</c>: on the thread that runs the last handlers, and on every thread
    /// once the handlers of the second kind run. In between, a snapshot shows it.
    /// </summary>
    public static void Notice()
    {
        if (!s_hasBegun && IsDotNetRuntime && (FinalizerThread.RunsLastHandlers || HasLostEventSources())) Begin();
    }

    /// <summary>Records that the end has begun.</summary>
    public static void Begin()
    {
        s_hasBegun = true;
        Began?.Invoke();
    }

    // The .NET runtime creates event sources before it calls Main, and disposes of all event sources between the two
    // kinds of handlers.
    private static bool HasLostEventSources() =>
        Assembly.GetEntryAssembly() is not null
        && (!AppContext.TryGetSwitch("System.Diagnostics.Tracing.EventSource.IsSupported", out bool isOn) || isOn)
        && Interruption.Wait(
            "System.Runtime",
            TimeSpan.MaxValue,
            static (name, _) => !EventSource.GetSources().Any(s => s.Name == name));

    // A NativeAOT application runs finalizers to its end.
    private static bool IsDotNetRuntime => JitInfo.GetCompiledMethodCount() > 0;
}
