using LifetimeMonitoring.Rendering;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Rendering;

public sealed class ReportTextTests
{
    private static readonly TrackedObject s_dialog = new("MyApp.Dialog", "dialog", "Closes", "/src/tests/DialogTests.cs", 42);

    private static readonly LifetimeCost s_cost = Cost(SnapshotKind.Clone, reason: null);

    private static readonly RootPath s_path = new(
        RootKind.StaticField,
        [
            new PathStep("static field MyApp.WindowManager.s_open", "List<Window>"),
            new PathStep("_items", "MyApp.Window[]"),
            new PathStep("[3]", "MyApp.MainWindow"),
            new PathStep("_owned", "MyApp.Dialog"),
        ],
        ReportWriter.Instance);

    [Fact]
    public void A_retained_object_is_shown_with_its_path_and_the_cost() => Assert.Equal(
        """
        Dialog is still alive.
          MyApp.Dialog, tracked as `dialog` at DialogTests.cs:42.

          static field MyApp.WindowManager.s_open                            root
          │   List<Window>
          ├─ _items
          │   MyApp.Window[]
          ├─ [3]
          │   MyApp.MainWindow
          ├─ _owned
          ╰▶ MyApp.Dialog                                                    leaked

          Path: exact. 3 collections, 2.8 ms; snapshot (clone) 1.2 ms; 41,382 objects
          searched in 12 ms.
        """,
        Report(LifetimeVerdict.Retained, [s_path]).ToString());

    [Fact]
    public void A_path_that_is_not_sure_says_why() => Assert.Contains(
        "\n  Path: partial (3 threads moved while the copy was made). 3 collections",
        Report(LifetimeVerdict.Transient, new PathSearchResult([], PathCertainty.Partial, "3 threads moved while the copy was made", ReportWriter.Instance)).ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void Without_a_snapshot_the_object_is_alive_all_the_same_and_the_reason_is_given() => Assert.Equal(
        """
        Dialog is still alive.
          MyApp.Dialog, tracked as `dialog` at DialogTests.cs:42.

          Path: unavailable (LIFETIMEMONITOR_PATHS is off). 3 collections, 2.8 ms.
        """,
        Report(
            LifetimeVerdict.Alive,
            new PathSearchResult([], PathCertainty.Unavailable, "LIFETIMEMONITOR_PATHS is off", ReportWriter.Instance),
            Cost(SnapshotKind.None, reason: null)).ToString());

    [Fact]
    public void The_rung_that_was_used_is_printed_with_why_the_better_ones_were_not() => Assert.EndsWith(
        "\n  Path: exact. 3 collections, 2.8 ms; snapshot (dump; Clone: clone was forbidden\n  (EPERM)) 1.2 ms; 41,382 objects searched in 12 ms.",
        Report(LifetimeVerdict.Retained, [s_path], Cost(SnapshotKind.Dump, "Clone: clone was forbidden (EPERM)")).ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void A_dead_object_takes_one_line() => Assert.Equal(
        "MyApp.Dialog (tracked as `dialog` at DialogTests.cs:42) is dead. 3 collections, 2.8 ms.",
        new LifetimeReport(s_dialog, LifetimeVerdict.Dead, s_cost, ReportWriter.Instance).ToString());

    [Fact]
    public void A_note_stands_between_the_path_and_the_certainty() => Assert.Contains(
        "leaked\n\n  Unsubscribe.\n  Path: exact.",
        new LifetimeReport(s_dialog, LifetimeVerdict.Retained, s_cost, ReportWriter.Instance, Exact([s_path])) { Notes = ["Unsubscribe."] }.ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void Several_survivors_are_counted_and_numbered()
    {
        LifetimeReport report = Report(LifetimeVerdict.Retained, [s_path]);
        string message = ReportText.Render([report, report]);
        Assert.StartsWith("2 objects are still alive: Dialog, and 1 more.\n\n1) Dialog is", message, StringComparison.Ordinal);
        Assert.Contains("\n\n2) Dialog is still alive.\n  MyApp.Dialog, tracked", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cost_of_one_check_is_printed_once_for_all_its_objects()
    {
        LifetimeReport report = Report(LifetimeVerdict.Retained, [s_path]);
        string[] lines = ReportText.Render([report, report]).Split('\n');
        Assert.Equal(2, lines.Count(l => l.StartsWith("  Path: exact.", StringComparison.Ordinal)));
        _ = Assert.Single(lines, l => l.Contains("3 collections", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ReferenceKind.Event, "event Closed += Dialog.OnClosed", "held by event Closed += Dialog.OnClosed.")]
    [InlineData(ReferenceKind.Field, "_owned", "held by _owned of MainWindow.")]
    [InlineData(ReferenceKind.SuspendedMethod, "local 'd' of async Loader.Load, awaiting at Loader.cs:7", "held by local 'd' of async Loader.Load.")]
    [InlineData(ReferenceKind.Element, "[3]", "held by static field WindowManager.s_open[3].")]
    [InlineData(ReferenceKind.Element, "element", "held by element of static field WindowManager.s_open.")]
    [InlineData(ReferenceKind.CancellationRegistration, "registration", "held by registration of MainWindow.")]
    [InlineData(ReferenceKind.Attached, "attached (ConditionalWeakTable or dependent handle)", "held by an attached value.")]
    public void The_first_line_names_the_suspect_so_that_it_is_clear_without_the_path(ReferenceKind kind, string reference, string words)
    {
        PathStep[] steps =
        [
            new("static field MyApp.WindowManager.s_open", "MyApp.MainWindow") { DeclaringType = "MyApp.WindowManager" },
            new(reference, "MyApp.Dialog") { Kind = kind, IsSuspect = true },
        ];
        string report = Report(LifetimeVerdict.Retained, [new RootPath(RootKind.StaticField, steps, ReportWriter.Instance)]).ToString();
        Assert.Equal($"Dialog is still alive, {words}", report.Split('\n')[0]);
    }

    [Fact]
    public void The_first_line_fits_a_terminal()
    {
        PathStep[] steps = [new($"static field {new string('x', 200)}", "MyApp.Dialog") { IsSuspect = true }];
        string report = Report(LifetimeVerdict.Retained, [new RootPath(RootKind.StaticField, steps, ReportWriter.Instance)]).ToString();
        string first = report.Split('\n')[0];
        Assert.InRange(first.Length, 70, 80);
        Assert.EndsWith("x…", first, StringComparison.Ordinal);
        Assert.Contains($"\n  static field {new string('x', 200)}\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_expression_is_shortened_to_one_line() => Assert.StartsWith(
        "MyApp.Dialog (tracked as `() => new Dialog( owner, title, buttons, icon, callback, op…` at DialogTests.cs:42)",
        new LifetimeReport(
            new TrackedObject("MyApp.Dialog", "() => new Dialog(\n    owner, title, buttons, icon, callback, options)", "Closes", "/src/tests/DialogTests.cs", 42),
            LifetimeVerdict.Dead,
            s_cost,
            ReportWriter.Instance).ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void A_path_of_a_thousand_objects_shows_its_ends_and_counts_the_rest()
    {
        PathStep[] steps = [.. Enumerable.Range(0, 1000).Select(i => new PathStep(i == 0 ? "static field A.s_first" : "_next", "A"))];
        string[] lines = new RootPath(RootKind.StaticField, steps, ReportWriter.Instance).ToString().Split('\n');
        Assert.Equal("  ┊   … 949 more references …", Assert.Single(lines, l => l.Contains("more", StringComparison.Ordinal)));
        Assert.Equal(103, lines.Length);
    }

    [Fact]
    public void References_that_were_only_counted_are_shown_as_their_number_and_the_suspect_among_them_as_itself()
    {
        PathStep[] steps =
        [
            new("static field A.s_first", "A"),
            new("_next", "A") { Repeats = 1_000_000 },
            new("…", "B") { Omitted = 20_000_000 },
            new("event Closed", "C") { IsSuspect = true },
            new("…", "D") { Omitted = 1 },
            new("_last", "E"),
        ];
        Assert.Equal(
            """
              static field A.s_first                                             root
              │   A
              ├─ _next  ×1,000,000
              ┊   … 20,000,000 more references …
              │   B
              ├─ event Closed
              │  ^^^^^^^^^^^^
              ┊   … 1 more reference …
              │   D
              ├─ _last
              ╰▶ E                                                               leaked
            """,
            new RootPath(RootKind.StaticField, steps, ReportWriter.Instance).ToString());
    }

    // The report says to cut it.
    [Fact]
    public void The_suspect_is_shown_where_it_is_far_from_both_ends()
    {
        PathStep[] steps = [.. Enumerable.Range(0, 1000).Select(i => new PathStep(i == 0 ? "static field A.s_first" : "_next", "A"))];
        steps[500] = steps[500].Copy("A", isSuspect: true);
        const string More = "  ┊   … 474 more references …\n";
        string text = new RootPath(RootKind.StaticField, steps, ReportWriter.Instance).ToString();
        Assert.Contains($"{More}  │   A\n  ├─ _next\n  │  ^^^^^\n{More}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_too_long_for_the_column_of_the_marks_keeps_its_mark_two_blanks_away() =>
        Assert.StartsWith($"  static field {new string('x', 55)}  root\n", StaticField(55), StringComparison.Ordinal);

    [Fact]
    public void A_line_that_a_terminal_would_wrap_has_no_mark() =>
        Assert.StartsWith($"  static field {new string('x', 65)}\n", StaticField(65), StringComparison.Ordinal);

    private static string StaticField(int length) => new RootPath(
        RootKind.StaticField,
        [new PathStep("static field " + new string('x', length), "A")],
        ReportWriter.Instance).ToString();

    private static LifetimeReport Report(LifetimeVerdict verdict, RootPath[] paths, LifetimeCost? cost = null) => Report(verdict, Exact(paths), cost);

    private static LifetimeReport Report(LifetimeVerdict verdict, PathSearchResult search, LifetimeCost? cost = null) =>
        new(s_dialog, verdict, cost ?? s_cost, ReportWriter.Instance, search);

    private static PathSearchResult Exact(RootPath[] paths) => new(paths, PathCertainty.Exact, reason: null, ReportWriter.Instance);

    private static LifetimeCost Cost(SnapshotKind snapshot, string? reason) => new(
        [
            new CollectionStep(CollectionStepKind.OwnGeneration, 0, TimeSpan.FromMilliseconds(0.5), hasRun: true, sentinelDied: null),
            new CollectionStep(CollectionStepKind.Full, 2, TimeSpan.FromMilliseconds(1), hasRun: true, sentinelDied: null),
            new CollectionStep(CollectionStepKind.Finalizers, -1, TimeSpan.FromMilliseconds(0.25), hasRun: true, sentinelDied: null),
            new CollectionStep(CollectionStepKind.Full, 2, TimeSpan.FromMilliseconds(1), hasRun: true, sentinelDied: null),
        ],
        TimeSpan.FromMilliseconds(20))
    {
        Snapshot = snapshot,
        SnapshotReason = reason,
        SnapshotTime = TimeSpan.FromMilliseconds(1.23),
        SearchTime = TimeSpan.FromMilliseconds(12.3),
        ObjectsSearched = 41_382,
    };
}
