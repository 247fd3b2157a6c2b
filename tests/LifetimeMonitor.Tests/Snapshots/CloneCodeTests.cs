using System.Diagnostics;
using LifetimeMonitoring.Snapshots.Clone;
using LifetimeMonitoring.Snapshots.Dump;

namespace LifetimeMonitoring.Tests.Snapshots;

public sealed class CloneCodeTests
{
    private static readonly string s_native = Path.Combine(Repository.Sources, "LifetimeMonitor", "Snapshots", "Native");

    [Theory]
    [InlineData("clone")]
    [InlineData("watchdog")]
    public void The_bytes_are_those_that_the_source_compiles_to(string name)
    {
        // Another compiler makes other bytes from the same source; only the compiler of our bytes can verify them.
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Run("gcc", "-dumpfullversion").Trim() == "12.2.0",
            "needs gcc 12.2.0, which made the bytes");
        string built = Path.GetTempFileName();
        try
        {
            Run(Path.Combine(s_native, "build.sh"), $"{built} {name}");
            Assert.Equal(File.ReadAllBytes(built), name == "clone" ? CloneCode.Bytes() : Watchdog.Bytes());
        }
        finally
        {
            File.Delete(built);
        }
    }

    private static string Run(string program, string argument)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
