using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Tests.Processes;

/// <summary>Hosts that lack a service: the verdict stays, and the report names the missing service.</summary>
public sealed class HostTests : IClassFixture<ReachableTestHost>
{
    private const string ThePath = "  static field LifetimeMonitoring.TestHost.Holder.List ";

    private readonly ReachableTestHost _host;

    public HostTests(ReachableTestHost host)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limits are those of Linux");
        _host = host;
    }

    [Fact]
    public void Without_being_root_there_is_a_path() => Assert.Contains(ThePath, Output("restricted non-root"), StringComparison.Ordinal);

    [Fact]
    public void A_process_that_may_not_be_looked_into_says_so_and_of_no_way_that_another_system_has()
    {
        string output = Output("restricted non-dumpable");
        Assert.Contains(
            """
              Path: unavailable (Clone: the clone may not be read (EPERM): the process is
              not dumpable (prctl PR_SET_DUMPABLE, or it changed its user), or a seccomp
              filter or security module forbids process_vm_readv and /proc/<pid>/mem; in a
              container the capability SYS_PTRACE allows it; Dump: createdump did not write
              a dump (
            """.TrimEnd('\n'),
            output,
            StringComparison.Ordinal);
        // The text contains a process ID, whose length changes where the line breaks.
        Assert.Matches(
            @"The process or container does not have permissions or access: open\(/proc/\d+/mem\) FAILED Permission denied \(13\)\); "
            + @"in a container the capability SYS_PTRACE allows it\)\. ",
            Flat(output));
    }

    [Fact]
    public void Where_no_process_and_no_thread_is_to_be_had_the_verdict_stands()
    {
        string output = Output("restricted no-processes");
        Assert.Contains(
            "Finalizers were not waited for, because the system gives no thread to do it on",
            Flat(output),
            StringComparison.Ordinal);
        Assert.Contains(
            "unavailable (the system gives no thread for the diagnosis: a limit on threads or memory is reached)",
            Flat(output),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_clone_that_may_not_read_itself_is_searched_from_outside_and_the_report_says_so()
    {
        NeedsX64();
        string output = Output("restricted without-reading-in-clone");
        Assert.Contains(ThePath, output, StringComparison.Ordinal);
        Assert.Contains("Path: exact.", output, StringComparison.Ordinal);
        Assert.Contains(
            "Clone: the search inside it was lost (it could not read its own memory by a system call), and was " +
            "made from outside",
            Flat(output),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_filter_forbids_new_processes_the_report_says_so()
    {
        NeedsX64();
        Assert.Contains(
            "unavailable (Clone: clone was forbidden (EPERM): a seccomp filter or security module does not allow it; "
            + "Dump: createdump was not started (EPERM: a seccomp filter or security module does not allow new processes)). ",
            Flat(Output("restricted without-children")),
            StringComparison.Ordinal);
    }

    // The C library starts programs such as createdump by another call, if the system has one.
    [Fact]
    public void Where_a_filter_forbids_to_clone_the_report_says_so()
    {
        NeedsX64();
        Assert.Contains(
            "Clone: clone was forbidden (EPERM): a seccomp filter or security module does not allow it",
            Flat(Output("restricted without-clone")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("without-death-signal")] // The clone cannot get a signal when we end,
    [InlineData("without-limits")] // or disable its core dump.
    [InlineData("without-populating")] // The clone copies type data page by page, as before Linux 5.14,
    [InlineData("without-private-mappings")] // or by reading.
    [InlineData("without-readv")] // The clone is read through the file of its memory, also by itself.
    public void A_clone_without_permissions_is_searched_all_the_same_and_leaves_nothing(string filter)
    {
        NeedsX64();
        string output = Output($"restricted {filter}");
        Assert.Contains(ThePath, output, StringComparison.Ordinal);
        Assert.Contains("Path: exact. ", output, StringComparison.Ordinal);
        Assert.Contains("snapshot (clone)", Flat(output), StringComparison.Ordinal);
        Assert.DoesNotContain("was lost", Flat(output), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_kernel_gives_a_clone_no_memory_it_is_searched_from_outside_and_the_report_says_so()
    {
        NeedsX64();
        string output = Output("restricted without-memory-in-clone");
        Assert.Contains(ThePath, output, StringComparison.Ordinal);
        Assert.Contains("Path: exact. ", output, StringComparison.Ordinal);
        Assert.Contains(
            "Clone: the search inside it was lost (the system gave the clone no memory for it), and was made from " +
            "outside",
            Flat(output),
            StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_full_disk_a_dump_is_refused_and_nothing_is_left()
    {
        string output = OutputIn(
            "mount -t tmpfs -o size=64k none /mnt && export TMPDIR=/mnt",
            "restricted dump",
            "; code=$?; ls /mnt; exit $code",
            "--mount");
        Assert.Contains(
            "unavailable (Dump: createdump did not write a dump (Error writing data to dump file: No space left on device (28))).",
            Flat(output),
            StringComparison.Ordinal);
        Assert.DoesNotContain("\nlifetimemonitor-", output, StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_read_only_file_system_a_dump_is_refused_and_a_clone_is_not()
    {
        const string ReadOnly = "mount -t tmpfs -o ro none /mnt && export TMPDIR=/mnt && mount -o remount,bind,ro /";
        Assert.Contains(
            "unavailable (Dump: no dump can be written to /mnt/ (Read-only file system : ",
            Flat(OutputIn(ReadOnly, "restricted dump", "", "--mount")),
            StringComparison.Ordinal);
        Assert.Contains(ThePath, OutputIn(ReadOnly, "paths", "", "--mount"), StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_container_of_its_own_processes_without_root_there_is_a_path() =>
        Assert.Contains(ThePath, OutputIn("true", "restricted non-root", "", "--pid", "--fork", "--mount-proc"), StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_written_where_there_is_a_clone() =>
        Assert.Contains(ThePath, Output("paths", ("TMPDIR", "/proc")), StringComparison.Ordinal);

    [Theory]
    [InlineData("DOTNET_GCHeapHardLimit", "8000000")] // hexadecimal
    [InlineData("DOTNET_GCConserveMemory", "9")]
    [InlineData("DOTNET_EnableWriteXorExecute", "0")]
    [InlineData("DOTNET_TieredPGO", "0")]
    [InlineData("DOTNET_ReadyToRun", "0")]
    public void The_path_is_the_same_however_the_runtime_is_limited(string variable, string value) =>
        Assert.Contains(ThePath, Output("paths", (variable, value)), StringComparison.Ordinal);

    [Fact]
    public void A_collector_that_scans_stacks_conservatively_is_said_to_be_one() =>
        Assert.Contains(
            "The garbage collector scans stacks conservatively (DOTNET_gcConservative)",
            Flat(Output("paths", ("DOTNET_gcConservative", "1"))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void Server_collectors_with_and_without_adaptation_have_the_path(string adaptation) =>
        Assert.Contains(
            ThePath,
            Output("paths", ("DOTNET_gcServer", "1"), ("DOTNET_GCDynamicAdaptationMode", adaptation)),
            StringComparison.Ordinal);

    private string Output(string scenario, params (string, string)[] environment)
    {
        (int exitCode, string output) = TestHost.RunProgram("dotnet", [_host.Assembly, .. scenario.Split(' ')], environment);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        return output;
    }

    // In new namespaces, like a container.
    private string OutputIn(string prepare, string scenario, string after, params string[] namespaces)
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess
                && TestHost.RunProgram("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]).ExitCode == 0,
            "needs the right to make namespaces and to mount (CAP_SYS_ADMIN)");
        (int exitCode, string output) = TestHost.RunProgram(
            "unshare",
            [.. namespaces, "sh", "-c", $"{prepare} && dotnet {_host.Assembly} {scenario}{after}"]);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        return output;
    }

    private static void NeedsX64() => Assert.SkipUnless(
        RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "the filter knows the numbers of x64");

    private static string Flat(string text) => text.Replace("\n  ", " ", StringComparison.Ordinal);
}
