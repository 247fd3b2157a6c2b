using System.Diagnostics;
using System.Globalization;

namespace LifetimeMonitoring.Benchmarks.Ratios;

/// <summary>Runs <see cref="Worker"/> in a fresh process.</summary>
internal static class WorkerProcess
{
    // The textbook's dump tool writes to the output of the dumped process.
    private const string DumpTool = "[createdump]";

    /// <summary>The values that the worker printed, by name.</summary>
    public static Dictionary<string, double> Measure(string what, string shape, int objects, string place)
    {
        using Process process = Start(what, shape, objects, place);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"worker {what} {shape} {objects} {place} ended with {process.ExitCode}");
        }

        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(l => !l.StartsWith(DumpTool, StringComparison.Ordinal))
            .Select(l => l.Split(' '))
            .ToDictionary(l => l[0], l => double.Parse(l[1], CultureInfo.InvariantCulture));
    }

    public static Process Start(string what, string shape, int objects, string place)
    {
        string[] arguments =
            [.. Program(), "worker", what, shape, objects.ToString(CultureInfo.InvariantCulture), place];
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
    }

    // `dotnet x.dll` needs the name of the assembly. `dotnet run` starts the application host, which is the program.
    private static string[] Program() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Worker).Assembly.Location] : [];
}
