using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Tests.Heap.RuntimeLayout;

/// <summary>On a runtime that is not laid out as expected the verdict stands, and the path is partial.</summary>
public sealed class UnknownRuntimeTests
{
    private static readonly List<object> s_held = [];

    [ThreadStatic]
    private static object? t_held;

    [Fact]
    public void On_a_known_runtime_a_path_is_exact()
    {
        LifetimeReport report = Check(Static(), new SnapshotLadder());
        Assert.Equal(LifetimeVerdict.Retained, report.Verdict);
        Assert.Equal((PathCertainty.Exact, null), (report.Certainty, report.Reason));
    }

    [Fact]
    public void On_a_newer_runtime_the_verdict_stands_and_the_path_is_partial_with_the_reason()
    {
        LifetimeReport report = Check(Static(), new SnapshotLadder(), new RuntimeVersion(99));
        Assert.Equal(LifetimeVerdict.Retained, report.Verdict);
        Assert.Equal(PathCertainty.Partial, report.Certainty);
        Assert.Equal(
            ".NET 99 is newer than the versions that this version of LifetimeMonitor knows, which end with .NET 11: "
            + "update LifetimeMonitor; others may hold it too",
            report.Reason);
        Assert.Contains(nameof(s_held), report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_method_tables_are_laid_out_differently_no_path_is_made_up()
    {
        LifetimeReport report = Check(Static(), new SnapshotLadder(new ChangedMemory(ChangeFlagsOfString)));
        Assert.Equal(LifetimeVerdict.Alive, report.Verdict);
        Assert.Equal(PathCertainty.Partial, report.Certainty);
        Assert.Equal("the method tables of this runtime are not laid out as expected", report.Reason);
        Assert.Empty(report.Paths);
    }

    [Fact]
    public void Where_the_data_of_threads_is_not_found_the_missing_thread_statics_are_the_reason()
    {
        Assert.SkipUnless(Environment.Version.Major >= 9, "handles hold the thread statics before .NET 9");
        LifetimeReport report = Check(OfThread(), new SnapshotLadder(new ChangedMemory(HideThreadData)));
        t_held = null;
        Assert.Equal(LifetimeVerdict.Alive, report.Verdict);
        Assert.Equal(PathCertainty.Partial, report.Certainty);
        Assert.Contains("the thread statics were not found in this runtime", report.Reason, StringComparison.Ordinal);
    }

    private static void ChangeFlagsOfString(ulong address, Span<byte> bytes)
    {
        ulong flags = (ulong)typeof(string).TypeHandle.Value + 3;
        if (flags - address < (ulong)bytes.Length) bytes[(int)(flags - address)] = 0;
    }

    // The first words of a thread's record are read at once, and nothing else is as long.
    private static void HideThreadData(ulong address, Span<byte> bytes)
    {
        if (bytes.Length == ThreadDataLayout.WordsOfThread * sizeof(ulong)) bytes.Clear();
    }

    private static LifetimeReport Check(LifeTimeMonitor monitor, SnapshotLadder ladder, RuntimeVersion? version = null)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        LifetimeOptions options = LifetimeOptions.Default with { Snapshots = [SnapshotKind.Clone] };
        LifetimeReport report =
            LifetimeCheck.Run([monitor.Monitored], options, new Diagnoser(ladder, version))[0];
        s_held.Clear();
        return report;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifeTimeMonitor Static() => LifeTimeMonitor.Track(() =>
    {
        object held = new();
        s_held.Add(held);
        return held;
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifeTimeMonitor OfThread() => LifeTimeMonitor.Track(() => t_held = new object());
}
