using System.Diagnostics;

namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Starts programs and waits for them.</summary>
/// <param name="threads">The number of threads that start them.</param>
/// <param name="pause">Their pause.</param>
internal sealed class ChildProcesses(int threads, int pause) : ThreadedLoad(threads, pause)
{
    public static void StartOne()
    {
        using var process = Process.Start(new ProcessStartInfo("true") { RedirectStandardOutput = true })!;
        // Disposing a process does not close a reader that the program has requested.
        using StreamReader output = process.StandardOutput;
        _ = output.ReadToEnd();
        process.WaitForExit();
    }

    protected override void Work(int thread) => StartOne();
}
