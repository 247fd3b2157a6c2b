using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Dump;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>
/// Calls of the program that writes dumps. Scripts replace it and get its arguments: --withheap --name FILE ID.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class CreateDumpTests : IDisposable
{
    private const string TooLate = "the time budget ended before createdump had written the dump";
    private const string Endless = "echo $$ > \"$3\"; exec sleep 1000";
    private readonly DirectoryInfo _directory;

    public CreateDumpTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the scripts are those of Linux");
        _directory = Directory.CreateTempSubdirectory("create-dump-tests-");
    }

    private string File => Path.Combine(_directory.FullName, "100%p");

    public void Dispose() => _directory?.Delete(recursive: true);

    [Fact]
    public void Createdump_gets_our_process_id_and_the_file_name_with_each_percent_sign_twice()
    {
        Run("echo \"$1 $2 $4\" > \"$3\"");
        Assert.Equal($"--withheap --name {Environment.ProcessId}\n", System.IO.File.ReadAllText(Named()));
    }

    [Fact]
    public void A_createdump_that_takes_no_process_id_is_started_again_and_dumps_its_parent()
    {
        const string Refuse =
            "[ $# -gt 3 ] && { echo again >> calls; echo '[createdump] The pid argument is no longer supported' >&2; exit 255; }\n";
        var createDump = new CreateDump(Script($"cd {_directory.FullName}\n{Refuse}echo $PPID > parent"));
        createDump.Write(File, limit: default);
        createDump.Write(File, limit: default);
        Assert.Equal($"{Environment.ProcessId}\n", System.IO.File.ReadAllText(Path.Combine(_directory.FullName, "parent")));
        Assert.Equal("again\n", System.IO.File.ReadAllText(Path.Combine(_directory.FullName, "calls")));
    }

    [Theory]
    [InlineData("say Gathering; say 'No space left (28)' >&2; say 'Failure took 3ms' >&2; exit 255", "(No space left (28))")]
    [InlineData("say 'open FAILED (13)' >&2; exit 255", "(open FAILED (13)); in a container the capability SYS_PTRACE allows it")]
    [InlineData("exit 3", "(it returned 3 and did not say why)")]
    [InlineData("kill -9 $$", "(it was killed: somebody did, or the system for memory)")]
    [InlineData("kill -SEGV $$", "(it crashed with signal 11)")]
    public void The_first_error_that_createdump_prints_is_the_reason(string script, string reason) =>
        Assert.Equal($"createdump did not write a dump {reason}", Refusal(() => Run("say() { echo \"[createdump] $1\"; }\n" + script)));

    [Fact]
    public void A_createdump_that_cannot_be_started_is_reported()
    {
        string script = Script("exit 0");
        System.IO.File.SetUnixFileMode(script, UnixFileMode.UserRead);
        Assert.Equal(
            "createdump was not started (EACCES: the file may not be executed, or lies where nothing may be)",
            Refusal(() => new CreateDump(script).Write(File, limit: default)));
    }

    [Fact]
    public void A_createdump_that_prints_much_is_read_to_its_end() => Run("head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2");

    [Fact]
    public void A_createdump_that_does_not_end_in_time_is_killed_and_reaped()
    {
        var limit = new TimeLimit(new Deadline(TimeSpan.FromMilliseconds(500)), CancellationToken.None);
        Assert.Equal(TooLate, Refusal(() => Run(Endless, limit)));
        Assert.False(IsThere());
    }

    [Fact]
    public void Told_to_stop_it_is_not_waited_for()
    {
        using var stop = new CancellationTokenSource();
        var stopping = new Thread(() =>
        {
            SpinWait.SpinUntil(() => new FileInfo(Named()) is { Exists: true, Length: > 0 }, TimeSpan.FromMinutes(1));
            stop.Cancel();
        });
        stopping.Start();
        Assert.Equal(TooLate, Refusal(() => Run(Endless, new TimeLimit(null, stop.Token))));
        stopping.Join();
        Assert.False(IsThere());
    }

    [Fact]
    public void A_createdump_of_an_abandoned_diagnosis_is_killed()
    {
        string? refusal = null;
        var diagnosing = new Thread(() => refusal = Refusal(() => Run(Endless)));
        diagnosing.Start();
        Assert.True(SpinWait.SpinUntil(() => new FileInfo(Named()) is { Exists: true, Length: > 0 }, TimeSpan.FromMinutes(1)));
        // The script may be ahead of the thread that started it.
        do ActiveDumps.End(diagnosing);
        while (!diagnosing.Join(TimeSpan.FromMilliseconds(20)));
        Assert.StartsWith("createdump did not write a dump (it was killed: ", refusal, StringComparison.Ordinal);
        Assert.False(IsThere());
    }

    [Fact]
    public void Createdump_gets_three_descriptors_of_its_own_and_none_of_ours()
    {
        using var open = new FileStream(Path.Combine(_directory.FullName, "open"), FileMode.Create);
        int inheritable = InheritableDescriptor.Of(open.SafeFileHandle);
        using var process = SpawnedProcess.Start("/bin/ls", ["/proc/self/fd"]);
        InheritableDescriptor.Close(inheritable);
        process.Begin();
        Assert.True(SpinWait.SpinUntil(() => process.HasEnded(TimeSpan.FromMilliseconds(20)), TimeSpan.FromMinutes(1)));
        // The last number is the directory that it lists.
        Assert.Equal("0\n1\n2\n3\n", process.Output);
    }

    [Fact]
    public void A_watchdog_ends_it_when_nobody_else_does()
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "watchdogs are for Linux x64");
        using var process = SpawnedProcess.Start("/bin/sleep", ["1000"]);
        using Watchdog? watchdog = Watchdog.Over(process, TimeSpan.FromMilliseconds(200));
        Assert.NotNull(watchdog);
        Assert.True(SpinWait.SpinUntil(() => process.HasEnded(TimeSpan.FromMilliseconds(20)), TimeSpan.FromMinutes(1)));
        Assert.Null(process.ExitCode);
    }

    private string Named() => File.Replace("%", "%%", StringComparison.Ordinal);

    // The process number that a script has written; a reaped process is not in /proc.
    private bool IsThere() => Directory.Exists($"/proc/{int.Parse(System.IO.File.ReadAllText(Named()), CultureInfo.InvariantCulture)}");

    private static string Refusal(Action write) => Assert.Throws<SnapshotRefusedException>(write).Message;

    private void Run(string script, TimeLimit limit = default) => new CreateDump(Script(script)).Write(File, limit);

    private string Script(string text)
    {
        string script = Path.Combine(_directory.FullName, Guid.NewGuid().ToString());
        System.IO.File.WriteAllText(script, "#!/bin/sh\n" + text + "\n");
        System.IO.File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return script;
    }
}
