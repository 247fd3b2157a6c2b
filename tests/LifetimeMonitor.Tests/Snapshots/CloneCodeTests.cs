using System.Diagnostics;
using System.Security.Cryptography;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Snapshots;

public sealed class CloneCodeTests
{
    [Theory]
    [InlineData("clone", "x64")]
    [InlineData("clone", "arm64")]
    [InlineData("watchdog", "x64")]
    [InlineData("watchdog", "arm64")]
    public void The_bytes_are_those_that_the_source_compiles_to(string name, string processor)
    {
        // Another compiler makes other bytes from the same source; only the compiler of our bytes can verify them.
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Run(Compiler(processor), "-dumpfullversion").Output.Trim() == "12.2.0",
            $"needs {Compiler(processor)} 12.2.0, which made the bytes");
        string built = Path.GetTempFileName();
        try
        {
            _ = Run(Path.Combine(NativeHeader.Folder, "build.sh"), built, name, processor);
            Assert.Equal(File.ReadAllBytes(built), Bytes(name, processor));
        }
        finally
        {
            File.Delete(built);
        }
    }

    [Theory]
    [InlineData("clone", "x64")]
    [InlineData("clone", "arm64")]
    [InlineData("watchdog", "x64")]
    [InlineData("watchdog", "arm64")]
    public void The_readme_has_the_checksum_of_the_bytes(string name, string processor) => Assert.Contains(
        $"`{name}.linux-{processor}.bin` | `{Convert.ToHexStringLower(SHA256.HashData(Bytes(name, processor)))}`",
        File.ReadAllText(Path.Combine(NativeHeader.Folder, "README.md")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("x64")]
    [InlineData("arm64")]
    public void Each_part_of_the_native_code_compiles_on_its_own(string processor)
    {
        string compiler = Compiler(processor);
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Run(compiler, "-dumpfullversion").Output.Length > 0,
            $"needs {compiler}");
        string[] sources = [.. Directory.EnumerateFiles(NativeHeader.Folder, "*.c", SearchOption.AllDirectories)];
        Assert.InRange(sources.Length, 30, 100);
        string[] options = ["-fsyntax-only", "-Wall", "-Wextra", "-Wshadow", "-ffreestanding"];
        foreach (string source in sources)
            Assert.Equal((source, ""), (source, Run(compiler, [.. options, source]).Errors));
    }

    [Theory]
    [InlineData(0)] // clone_process
    [InlineData(16)] // serve
    [InlineData(32)] // guard
    public void The_bytes_begin_with_a_table_of_jumps(int entry)
    {
        Assert.Contains(NativeCode.X64.Bytes("clone")[entry], new byte[] { 0xe9, 0xeb });
        // The upper six bits of the instruction b.
        Assert.Equal(0b000101, NativeCode.Arm64.Bytes("clone")[entry + 3] >> 2);
    }

    [Theory]
    [InlineData("x64")]
    [InlineData("arm64")]
    public void The_table_ends_with_the_place_of_the_crash_guard(string processor) =>
        Assert.Equal(new byte[8], Bytes("clone", processor)[48..56]);

    private static string Compiler(string processor) =>
        processor == "arm64" ? "aarch64-linux-gnu-gcc" : "x86_64-linux-gnu-gcc";

    private static byte[] Bytes(string name, string processor) =>
        (processor == "arm64" ? NativeCode.Arm64 : NativeCode.X64).Bytes(name);

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
