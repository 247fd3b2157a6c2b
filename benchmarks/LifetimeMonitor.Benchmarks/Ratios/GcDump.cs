using System.Diagnostics;
using System.Globalization;

namespace LifetimeMonitoring.Benchmarks.Ratios;

/// <summary>The usual tool today, installed for the run when the package feed has it.</summary>
internal static class GcDump
{
    private static readonly string s_folder =
        Path.Combine(Path.GetTempPath(), $"lifetimemonitor-benchmarks-{Environment.ProcessId}");

    public static bool Install() => Run("dotnet", "tool", "install", "dotnet-gcdump", "--tool-path", s_folder) == 0;

    public static void Remove()
    {
        if (Directory.Exists(s_folder)) Directory.Delete(s_folder, recursive: true);
    }

    /// <summary>The tool's time for a process with such a heap, in milliseconds.</summary>
    public static double Measure(string shape, int objects)
    {
        using Process process = WorkerProcess.Start("wait", shape, objects, "far");
        _ = process.StandardOutput.ReadLine();
        long start = Stopwatch.GetTimestamp();
        int exitCode = Run(
            Path.Combine(s_folder, "dotnet-gcdump"),
            "collect",
            "-p",
            process.Id.ToString(CultureInfo.InvariantCulture),
            "-o",
            Path.Combine(s_folder, "heap.gcdump"),
            "-t",
            "120");
        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        process.StandardInput.WriteLine();
        process.WaitForExit();
        return exitCode == 0 ? time : throw new InvalidOperationException($"dotnet-gcdump ended with {exitCode}");
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        _ = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
