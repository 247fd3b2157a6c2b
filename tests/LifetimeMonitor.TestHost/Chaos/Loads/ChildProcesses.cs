using System.Diagnostics;

namespace LifetimeMonitor.TestHost.Chaos.Loads;

/// <summary>Programs are started and waited for.</summary>
/// <param name="threads">How many threads start them.</param>
/// <param name="pause">Their rest.</param>
internal sealed class ChildProcesses(int threads, int pause) : ThreadedLoad(threads, pause)
{
    public static void StartOne()
    {
        using var process = Process.Start(new ProcessStartInfo("true") { RedirectStandardOutput = true })!;
        // Whoever asked for the reader closes it; a process that is disposed does not.
        using StreamReader output = process.StandardOutput;
        _ = output.ReadToEnd();
        process.WaitForExit();
    }

    protected override void Work(int thread) => StartOne();
}
