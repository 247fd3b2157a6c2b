using System.Diagnostics;

namespace LifetimeMonitoring.Tests.Processes;

/// <summary>Runs a scenario of the test host in a separate process.</summary>
internal static class TestHost
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    public static (int ExitCode, string Output) Run(string scenario, params (string Name, string Value)[] environment) =>
        RunProgram("dotnet", [Repository.TestHost, .. scenario.Split(' ')], environment);

    /// <summary>The same for another program.</summary>
    public static (int ExitCode, string Output) RunProgram(
        string program,
        string[] arguments,
        params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        // Coverage follows a child by these variables, and would count twice.
        foreach (string name in start.Environment.Keys
            .Where(k => k.StartsWith("CORECLR_", StringComparison.Ordinal))
            .ToArray())
            _ = start.Environment.Remove(name);

        using var process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        bool ended = process.WaitForExit(s_limit);
        if (!ended) process.Kill(entireProcessTree: true);
        string text = output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult();
        Assert.True(ended, $"'{string.Join(' ', arguments)}' did not end. It printed:\n{text}");
        return (process.ExitCode, text);
    }
}
