using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LifetimeMonitoring.Snapshots.Clone;
using LifetimeMonitoring.Snapshots.Dump;

namespace LifetimeMonitoring.Tests.Snapshots;

public sealed class CloneCodeTests
{
    [Theory]
    [InlineData("clone")]
    [InlineData("watchdog")]
    public void The_bytes_are_those_that_the_source_compiles_to(string name)
    {
        // Another compiler makes other bytes from the same source; only the compiler of our bytes can verify them.
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Run("gcc", "-dumpfullversion").Output.Trim() == "12.2.0",
            "needs gcc 12.2.0, which made the bytes");
        string built = Path.GetTempFileName();
        try
        {
            _ = Run(Path.Combine(NativeHeader.Folder, "build.sh"), built, name);
            Assert.Equal(File.ReadAllBytes(built), Bytes(name));
        }
        finally
        {
            File.Delete(built);
        }
    }

    [Theory]
    [InlineData("clone")]
    [InlineData("watchdog")]
    public void The_readme_has_the_checksum_of_the_bytes(string name) => Assert.Contains(
        $"`{name}.linux-x64.bin` | `{Convert.ToHexStringLower(SHA256.HashData(Bytes(name)))}`",
        File.ReadAllText(Path.Combine(NativeHeader.Folder, "README.md")),
        StringComparison.Ordinal);

    [Fact]
    public void Each_part_of_the_native_code_compiles_on_its_own()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux()
                && RuntimeInformation.ProcessArchitecture == Architecture.X64
                && Run("gcc", "-dumpfullversion").Output.Length > 0,
            "needs gcc, and a processor for which there is a header");
        string[] sources = [.. Directory.EnumerateFiles(NativeHeader.Folder, "*.c", SearchOption.AllDirectories)];
        Assert.InRange(sources.Length, 30, 100);
        string[] options = ["-fsyntax-only", "-Wall", "-Wextra", "-Wshadow", "-ffreestanding"];
        foreach (string source in sources)
            Assert.Equal((source, ""), (source, Run("gcc", [.. options, source]).Errors));
    }

    [Theory]
    [InlineData(0)] // clone_process
    [InlineData(16)] // serve
    [InlineData(32)] // guard
    public void The_bytes_begin_with_a_table_of_jumps(int entry) =>
        Assert.Contains(CloneCode.Bytes()[entry], new byte[] { 0xe9, 0xeb });

    [Fact]
    public void The_table_ends_with_the_place_of_the_crash_guard() =>
        Assert.Equal(new byte[8], CloneCode.Bytes()[48..56]);

    private static byte[] Bytes(string name) => name == "clone" ? CloneCode.Bytes() : Watchdog.Bytes();

    private static (string Output, string Errors) Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? (output, errors.Result) : ("", $"{errors.Result} ({process.ExitCode})");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return ("", "");
        }
    }
}
