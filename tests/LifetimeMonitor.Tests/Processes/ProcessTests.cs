using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace LifetimeMonitoring.Tests.Processes;

public sealed partial class ProcessTests
{
    [Fact]
    public void Checks_leave_no_process_no_file_no_descriptor_and_no_thread_behind() => Succeeds("leftovers");

    // The setting of a project for native publishing, and of every `dotnet run app.cs`.
    [Fact]
    public void A_program_that_may_become_native_code_has_paths_while_it_runs_on_the_runtime()
    {
        const string Properties = "\"configProperties\": {";
        string config = File.ReadAllText(Path.ChangeExtension(Repository.TestHost, ".runtimeconfig.json"));
        string changed = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.runtimeconfig.json");
        File.WriteAllText(
            changed,
            config.Replace(
                Properties,
                Properties + "\"System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported\": false,",
                StringComparison.Ordinal));
        (int exitCode, string output) = TestHost.RunProgram(
            "dotnet",
            ["exec", "--runtimeconfig", changed, Repository.TestHost, "first-failure"]);
        File.Delete(changed);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.StartsWith("exact, ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thread_that_a_collection_cannot_stop_for_a_while_costs_that_while() => Succeeds("slow-suspension");

    [Fact]
    public void With_any_failing_system_call_the_report_is_true_and_nothing_is_left() => Succeeds("faults");

    [Fact]
    public void With_any_failing_file_operation_and_any_damaged_dump_the_report_is_true_and_nothing_is_left()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "what is left behind is looked for in /proc");
        Succeeds("faults dump");
    }

    [Fact]
    public void More_type_data_than_a_clone_can_list_is_refused_and_leaves_no_descriptor_open()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        (int exitCode, string output) = TestHost.Run("too-many-ranges");
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.StartsWith("0 more descriptors\n", output, StringComparison.Ordinal);
        Assert.Contains(
            "it lies in more than 16,384 places",
            output.Replace("\n  ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_runtime_changes_its_data_under_every_clone_the_report_says_so()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        // While a collection waits for us, no thread changes the data, and a clone may be settled. This is rare.
        string output = NeverSettled();
        for (int i = 1; i < 5 && output.Contains("Path: exact", StringComparison.Ordinal); i++) output = NeverSettled();
        Assert.StartsWith("10 clones\n", output, StringComparison.Ordinal);
        Assert.Contains(
            "Path: unavailable (Clone: the runtime changed its type data each time while the clone was made: " +
            "threads woke and loaded or compiled code; fewer tests at a time do less of that)",
            output.Replace("\n  ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    // The report may say more: on a slow machine a thread moves while the copy is made.
    [Theory]
    [InlineData("inside")]
    [InlineData("outside")]
    public void A_search_that_has_not_the_memory_to_find_the_path_says_so(string where) =>
        Assert.Matches(
            @"is still alive\.[^\0]+?\n\n  Path: partial \(the memory budget ended after [1-9]\d,\d{3} objects(; [^)]*)?\)\. \d+ collections, ",
            Checked($"memory-budget far {where}"));

    [Theory]
    [InlineData("inside")]
    [InlineData("outside")]
    public void A_search_that_has_not_the_memory_to_begin_says_so(string where) =>
        Assert.Matches(
            @"is still alive\.[^\0]+?\n\n  Path: partial \(the memory budget is too small for a heap of 2\d\d MB(; [^)]*)?\)\. " +
            @"\d+ collections, .* 0 objects searched in ",
            Checked($"memory-budget large {where}"));

    [Fact]
    public void Where_there_is_memory_for_the_path_and_not_for_a_look_at_all_the_rest_is_left_out() => Assert.Contains(
        """
          static field LifetimeMonitoring.TestHost.Holder.List               root
          │   List<object>
          ├─ [0]
          │  ^^^
          ╰▶ LifetimeMonitoring.TestHost.Leaked                              leaked

          An element was added to static field LifetimeMonitoring.TestHost.Holder.List and never removed: remove it when the Leaked is done.
          Fingerprint 1abb2491.

          Path: exact.
        """,
        Checked("memory-budget near inside"),
        StringComparison.Ordinal);

    // Lines as they were before wrapping.
    private static string Checked(string scenario)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        (int exitCode, string output) = TestHost.Run(scenario);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        return Wrapped().Replace(output, " ");
    }

    [GeneratedRegex(@"(?<=\S)\n  (?=[a-z\d])")]
    private static partial Regex Wrapped();

    private static string NeverSettled()
    {
        (int exitCode, string output) = TestHost.Run("never-settled");
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        return output;
    }

    [Fact]
    public void A_clone_whose_parent_is_killed_before_it_has_said_that_it_will_die_with_it_ends_by_itself()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        string mark = Guid.NewGuid().ToString();
        using Process parent = Process.Start("dotnet", [Repository.TestHost, "lingering-clone", mark]);
        // The tracer that stops the threads is a child, too. It is there for long only while the clone lingers.
        Assert.True(SpinWait.SpinUntil(() => HasLastingChild(mark), TimeSpan.FromMinutes(1)));
        parent.Kill();
        parent.WaitForExit();
        _ = SpinWait.SpinUntil(() => Marked(mark).Length <= 1, TimeSpan.FromMilliseconds(500));
        Assert.Single(Marked(mark)); // The clone exists and has no parent, as the test requires.
        Assert.True(SpinWait.SpinUntil(() => Marked(mark).Length == 0, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_clone_that_may_not_ask_to_die_with_its_parent_sees_that_it_is_gone()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        string mark = Guid.NewGuid().ToString();
        using Process parent = Process.Start(
            new ProcessStartInfo("dotnet", [Repository.TestHost, "orphaned-clone", mark]) { RedirectStandardOutput = true })!;
        Assert.Equal("it waits", parent.StandardOutput.ReadLine());
        Assert.Equal(2, Marked(mark).Length);
        parent.Kill();
        parent.WaitForExit();
        Assert.True(SpinWait.SpinUntil(() => Marked(mark).Length == 0, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void In_rotten_memory_the_search_ends_and_says_that_it_is_not_sure() => Succeeds("rotten 10");

    [Fact]
    public void The_clone_of_a_diagnosis_that_is_given_up_is_killed_at_once_and_the_diagnosis_survives_that() => Succeeds("given-up");

    [Fact]
    public void Under_load_every_path_is_right() => Succeeds($"soak {Thoroughness.Text(50, 300)}");

    [Fact]
    public void Switched_off_there_is_a_verdict_and_no_path()
    {
        (int exitCode, string output) = TestHost.Run("paths", ("LIFETIMEMONITOR_PATHS", "off"));
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.Contains("\n\n  Path: unavailable (LIFETIMEMONITOR_PATHS is off).", output, StringComparison.Ordinal);
    }

    [Fact]
    public void In_safe_mode_paths_that_need_no_stack_are_the_same()
    {
        (int exitCode, string output) = TestHost.Run("paths", ("LIFETIMEMONITOR_PATHS", "safe"));
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.Contains("  Path: exact. 3 collections", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DOTNET_gcServer", "1")]
    [InlineData("DOTNET_gcConcurrent", "0")]
    [InlineData("DOTNET_TieredCompilation", "0")]
    [InlineData("DOTNET_EnableDiagnostics", "0")]
    [InlineData("DOTNET_GCgen0size", "40000")]
    public void The_path_is_the_same_however_the_runtime_is_set_up(string variable, string value)
    {
        (int exitCode, string output) = TestHost.Run("paths", (variable, value));
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        Assert.Contains("  static field LifetimeMonitoring.TestHost.Holder.List ", output, StringComparison.Ordinal);
    }

    private static bool HasLastingChild(string mark)
    {
        string[] first = Marked(mark);
        if (first.Length < 2) return false;
        Thread.Sleep(300);
        return Marked(mark).Intersect(first).Count() >= 2;
    }

    private static string[] Marked(string mark) =>
        [.. Directory.GetDirectories("/proc").Where(p => CommandLine(p).Contains(mark, StringComparison.Ordinal))];

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static void Succeeds(string scenario)
    {
        (int exitCode, string output) = TestHost.Run(scenario);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
    }
}
