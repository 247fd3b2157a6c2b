using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Tests.Paths;

namespace LifetimeMonitoring.Tests.Snapshots;

// createdump traces our threads, and so does the tracer of a clone: only one of them can.
[Collection(nameof(Alone))]
public sealed class SnapshotLadderTests
{
    private static object? s_held;

    [Fact]
    public void A_rung_that_cannot_be_had_says_why()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has it");
        var refused = Assert.Throws<SnapshotRefusedException>(() => new SnapshotLadder().Take(SnapshotKind.ProcessSnapshot));
        Assert.Equal("process snapshots (PSS) exist on Windows only", refused.Message);
    }

    [Fact]
    public void A_kind_of_snapshot_that_this_system_never_has_is_not_mentioned()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the rungs are those of Linux");
        LifetimeReport report = Leak.Check(
            () => s_held = new Leaked(),
            LifetimeOptions.Default with { Snapshots = [SnapshotKind.ProcessSnapshot, SnapshotKind.Dump] });
        Assert.Equal(SnapshotKind.Dump, report.Cost.Snapshot);
        Assert.Null(report.Cost.SnapshotReason);
        report.Shows("""
              static field LifetimeMonitoring.Tests.Snapshots.SnapshotLadderTests.s_held
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void Where_nothing_else_is_wanted_the_report_says_why_it_cannot_be_had()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has it");
        LifetimeReport report = Leak.Check(
            () => s_held = new Leaked(),
            LifetimeOptions.Default with { Snapshots = [SnapshotKind.ProcessSnapshot] });
        Assert.Equal("ProcessSnapshot: process snapshots (PSS) exist on Windows only", report.Reason);
    }

    [Fact]
    public void The_next_rung_is_taken_and_the_report_says_why()
    {
        LifetimeReport report = Leak.Check(
            () => s_held = new Leaked(),
            LifetimeOptions.Default with { Snapshots = [(SnapshotKind)99, SnapshotKind.Dump] });
        Assert.Equal(SnapshotKind.Dump, report.Cost.Snapshot);
        Assert.Equal("99: '99' is no kind of snapshot", report.Cost.SnapshotReason);
    }

    [Fact]
    public void Without_any_rung_the_verdict_stands_and_the_path_is_unavailable()
    {
        LifetimeReport report = Leak.Check(() => s_held = new Leaked(), LifetimeOptions.Default with { Snapshots = [] });
        Assert.Equal(LifetimeVerdict.Alive, report.Verdict);
        Assert.Equal((PathCertainty.Unavailable, "LifetimeOptions.Snapshots is empty"), (report.Certainty, report.Reason));
    }
}
