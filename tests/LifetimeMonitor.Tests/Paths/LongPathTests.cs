using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

/// <summary>Very long paths: the report names their ends and counts the objects between them.</summary>
public sealed class LongPathTests : IDisposable
{
    private const int Long = 20_000;
    private static readonly LifetimeOptions s_nearest =
        LifetimeOptions.Default with { MaxPaths = 1, MeasureRetained = false };

    private static object? s_held;

    public void Dispose() => s_held = null;

    [Fact]
    public void A_list_is_one_reference_with_its_number() => Check(leaked => List(Long, leaked)).Shows("""
          static field LifetimeMonitoring.Tests.Paths.LongPathTests.s_held
          │   LifetimeMonitoring.Tests.Paths.LongPathTests.Node
          ├─ Next  ×19,999
          │   LifetimeMonitoring.Tests.Paths.LongPathTests.Node
          ├─ Next
          ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
        """);

    [Fact]
    public void References_before_between_and_behind_lists_are_named() => Check(leaked => new Dictionary<string, object>
    {
        ["first"] = List(Long, new List<object> { List(Long, new Fork { Left = new[] { leaked } }) }),
    }).Shows("""
          static field LifetimeMonitoring.Tests.Paths.LongPathTests.s_held
          │   Dictionary<string, object>
          ├─ ["first"]
          │   LifetimeMonitoring.Tests.Paths.LongPathTests.Node
          ├─ Next  ×19,999
          │   LifetimeMonitoring.Tests.Paths.LongPathTests.Node
          ├─ Next
          │   List<object>
          ├─ [0]
          │   LifetimeMonitoring.Tests.Paths.LongPathTests.Node
          ├─ Next  ×19,999
          │   LifetimeMonitoring.Tests.Paths.LongPathTests.Node
          ├─ Next
          │   LifetimeMonitoring.Tests.Paths.LongPathTests.Fork
          ├─ Left
          │   LifetimeMonitoring.Tests.Paths.Leaked[]
          ├─ [0]
          ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
        """);

    [Fact]
    public void Of_a_linked_list_and_of_exceptions_in_exceptions_the_nodes_are_counted()
    {
        object[] others = [.. Enumerable.Repeat("", Long)];
        Check(leaked => new LinkedList<object>([.. others, leaked, .. others])).Shows("""
              static field LifetimeMonitoring.Tests.Paths.LongPathTests.s_held
              │   LinkedList<object>
              ├─ head
              │   LinkedListNode<object>
              ├─ next  ×20,000
              │   LinkedListNode<object>
              ├─ item
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
        Check(leaked => Around(Long, new InvalidOperationException { Data = { ["key"] = leaked } })).Shows("""
              static field LifetimeMonitoring.Tests.Paths.LongPathTests.s_held
              │   InvalidOperationException
              ├─ InnerException  ×20,000
              │   InvalidOperationException
              ├─ Data
              │   ListDictionaryInternal
              ├─ ["key"]
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    [Fact]
    public void A_long_path_that_is_no_list_shows_its_ends_and_the_number_between()
    {
        LifetimeReport report = Check(leaked => Alternating(Long, leaked));
        string[] lines = report.Text().Split('\n');
        string more = Assert.Single(lines, l => l.Contains("more", StringComparison.Ordinal));
        Assert.Equal("  ┊   … 19,950 more references …", more);
        Assert.Equal(103, lines.Length);
        Assert.Equal(PathCertainty.Exact, report.Certainty);
        RootPath path = report.Paths[0];
        PathStep omitted = Assert.Single(path.Steps, s => s.Omitted > 0);
        Assert.Equal("…", omitted.Reference);
        Assert.Equal(Long, References(path));
        Assert.InRange(path.Steps.Count, 1500, 3000);
        // Each step is a field of the previous type.
        for (int i = 1; i < path.Steps.Count; i++)
        {
            bool isNode = path.Steps[i - 1].TypeName.EndsWith("Node", StringComparison.Ordinal);
            if (path.Steps[i].Omitted == 0) Assert.Equal(isNode ? "Next" : "Right", path.Steps[i].Reference);
        }
    }

    [Fact]
    public void In_a_tree_in_which_no_two_references_are_alike_for_long_none_is_lost()
    {
        RootPath path = Check(leaked => Tree(Long, leaked)).Paths[0];
        Assert.Equal(Long, References(path));
        Assert.Single(path.Steps, s => s.Omitted > 0);
    }

    [Fact]
    public void The_reference_to_blame_is_found_and_shown_also_where_it_is_half_way()
    {
        LifetimeReport report = Check(leaked => Tree(Long, WithHandler(new Node { Next = Tree(Long, leaked) })));
        Assert.Equal("event Closed += LongPathTests.Node.OnClosed", report.Paths[0].Suspect?.Reference);
        Assert.Equal((2 * Long) + 2, References(report.Paths[0]));
        Assert.Contains(
            """
              │   LifetimeMonitoring.Tests.Paths.LongPathTests.Window
              ├─ event Closed += LongPathTests.Node.OnClosed
              │  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              ┊   … 
            """,
            report.ToString(),
            StringComparison.Ordinal);
        const string Advice = "LongPathTests.Node.OnClosed was added to event Closed of Window and never removed";
        Assert.StartsWith(Advice, report.Paths[0].Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LifetimeMonitoring.Tests.Paths.LongPathTests.Window.Closed")]
    [InlineData("LifetimeMonitoring.Tests.Paths.LongPathTests.Window")]
    public void A_known_holder_half_way_excuses_it(string pattern)
    {
        LifetimeReport report = Check(
            leaked => Tree(Long, WithHandler(new Node { Next = Tree(Long, leaked) })),
            s_nearest with { KnownHolders = [new KnownHolder(pattern, "it is known") { Fails = false }] });
        Assert.Equal("it is known", report.KnownHolder?.Reason);
        Assert.True(report.Passes);
    }

    [Fact]
    public void The_fingerprint_does_not_tell_how_long_it_is()
    {
        Assert.Single(Fingerprints(Alternating));
        Assert.Single(Fingerprints(Tree));
        Assert.NotEqual(Fingerprints(Alternating), Fingerprints(Tree));

        static HashSet<string> Fingerprints(Func<int, object, object> make) =>
            [.. new[] { 6000, 7002, Long }.Select(length => Check(leaked => make(length, leaked)).Paths[0].Fingerprint)];
    }

    [Fact]
    public void Cutting_the_reference_to_blame_is_tried_where_nodes_before_it_were_left_out()
    {
        LifetimeReport report = Check(leaked => List(Long, new List<object> { leaked }), LifetimeOptions.Default);
        Assert.Equal("[0]", report.Paths[0].Suspect?.Reference);
        Assert.True(report.SuspectIsOnEveryPath);
        object second = new Leaked();
        report = Check(
            leaked => second = new object[] { List(Long, new List<object> { leaked }), List(Long, leaked) },
            LifetimeOptions.Default);
        Assert.False(report.SuspectIsOnEveryPath);
        Assert.Equal(2, report.Paths.Count);
        GC.KeepAlive(second);
    }

    [Fact]
    public void From_one_object_to_another_far_away_there_is_a_path_too()
    {
        var last = new Leaked();
        PathSearchResult result = ObjectGraph.FindShortestPath(Alternating(Long, last), last);
        Assert.Equal(PathCertainty.Exact, result.Certainty);
        Assert.Equal(Long, References(result.Path!));
    }

    [Fact]
    public void In_full_each_reference_is_shown_as_it_is_and_the_middle_of_a_very_long_path_is_counted()
    {
        LifetimeOptions verbose = s_nearest with { Verbose = true };
        RootPath path = Check(leaked => Chain(300, leaked, (_, held) => new List<object> { held }), verbose).Paths[0];
        Assert.Equal(600, path.Steps.Skip(1).Count(s => s is { Reference: "_items" or "[0]", Omitted: 0, Repeats: 1 }));
        path = Check(leaked => Chain(Long, leaked, (_, held) => new List<object> { held }), verbose).Paths[0];
        Assert.Single(path.Steps, s => s.Omitted > 0);
        Assert.Equal(2 * Long, References(path));
    }

    private static int References(RootPath path) => path.Steps.Skip(1).Sum(s => Math.Max(s.Omitted, s.Repeats));

    private static LifetimeReport Check(Func<Leaked, object> hold, LifetimeOptions? options = null) => Leak.Check(
        () =>
        {
            var leaked = new Leaked();
            s_held = hold(leaked);
            return leaked;
        },
        options ?? s_nearest);

    private static object Chain(int length, object last, Func<int, object, object> add)
    {
        for (int i = 0; i < length; i++) last = add(i, last);
        return last;
    }

    private static object List(int length, object last) => Chain(length, last, (_, held) => new Node { Next = held });

    private static object Around(int length, Exception last) =>
        Chain(length, last, (_, inner) => new InvalidOperationException("", (Exception)inner));

    private static object Alternating(int length, object last) =>
        Chain(length, last, (i, held) => i % 2 == 0 ? new Node { Next = held } : new Fork { Right = held });

    // The number of ones in a number is odd or even without an order that repeats (Thue and Morse).
    private static object Tree(int length, object last) =>
        Chain(length, last, (i, held) => int.PopCount(i) % 2 == 0 ? new Fork { Left = held } : new Fork { Right = held });

    private static Window WithHandler(Node node)
    {
        var window = new Window();
        window.Closed += node.OnClosed;
        return window;
    }

    private sealed class Node
    {
        public object? Next;

        public void OnClosed(object? sender, EventArgs e) => GC.KeepAlive(Next);
    }

    private sealed class Fork
    {
        public object? Left, Right;
    }

    private sealed class Window
    {
        public event EventHandler? Closed;

        public void Close() => Closed?.Invoke(this, EventArgs.Empty);
    }
}
