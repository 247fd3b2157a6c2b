using System.Diagnostics;

namespace LifetimeMonitoring.Specimens;

/// <summary>Runs a program to its end, in success or failure, and kills it when that takes too long.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    public static Task<string> DotnetAsync(params string[] arguments) => DotnetInAsync(Environment.CurrentDirectory, arguments);

    public static async Task<string> DotnetInAsync(string directory, string[] arguments)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        using var process = Process.Start(new ProcessStartInfo(dotnet, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var stop = new CancellationTokenSource(s_limit);
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        return $"dotnet {string.Join(' ', arguments)}\n{await output}\n{await errors}";
    }
}
