using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

/// <summary>Every reference and object is named in the words of the source, and none by a compiler's name.</summary>
public sealed class WordsTests
{
    private static object? s_held;
    private static (Leaked? Left, int Right) s_pair;
    private static (int, int, int, int, int, int, int, Leaked? Eighth) s_eight;
    private static readonly List<(int Number, Leaked Page)> s_pairs = [];
    private static readonly Dictionary<(int X, int Y), (int Count, Leaked Page)> s_map = [];

    public static TheoryData<string, Action<Leaked>> Tuples => new()
    {
        { "s_pair.Left", leaked => s_pair = (leaked, 1) },
        { "s_eight.Eighth", leaked => s_eight = (1, 2, 3, 4, 5, 6, 7, leaked) },
        { "s_pairs / [0].Page", leaked => s_pairs.Add((1, leaked)) },
        { "s_map / [(1, 2)].Page", leaked => s_map[(1, 2)] = (3, leaked) },
        { "s_held / Place.Inner.Page", leaked => s_held = new Places { Place = (1, (2, leaked)) } },
        { "s_held / Item8", leaked => s_held = Tuple.Create(1, 2, 3, 4, 5, 6, 7, leaked) },
    };

    [Theory]
    [MemberData(nameof(Tuples))]
    public void The_elements_of_a_tuple_have_the_names_that_the_program_gave_them(string expected, Action<Leaked> hold) =>
        Assert.Equal(expected, Words(Path(hold)));

    [Fact]
    public void The_collection_behind_another_one_is_not_shown()
    {
        Assert.Equal(
            "s_held / [1]",
            Words(Path(leaked => s_held = new ReadOnlyDictionary<int, Leaked>(new Dictionary<int, Leaked> { [1] = leaked }))));
        Assert.Equal(
            "s_held / [1]",
            Words(Path(leaked => s_held = new Dictionary<int, Leaked> { [1] = leaked }.Values)));
    }

    public static TheoryData<string, Action<Leaked>> Views => new()
    {
        { "List<Leaked>.Enumerator", leaked => s_held = ((IEnumerable<Leaked>)new List<Leaked> { leaked }).GetEnumerator() },
        {
            "Dictionary<int, Leaked>.Enumerator",
            leaked => s_held = ((IEnumerable<KeyValuePair<int, Leaked>>)new Dictionary<int, Leaked> { [1] = leaked }).GetEnumerator()
        },
        { "LINQ query (Where)", leaked => s_held = new List<Leaked> { leaked }.Where(l => l.Next is null) },
        { "LINQ query (Select)", leaked => s_held = new[] { leaked }.Select(l => l.Next) },
        { "IReadOnlyList<Leaked>", leaked => s_held = Two(leaked) },
        { "IReadOnlyList<Leaked>", leaked => s_held = One(leaked) },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public void A_wrapper_of_a_collection_is_the_suspect_and_not_its_element(string type, Action<Leaked> hold)
    {
        RootPath path = Path(hold);
        Assert.Equal(type, path.Steps[0].TypeName);
        Assert.Same(path.Steps[0], path.Suspect);
        Assert.DoesNotContain("never removed", path.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_only_its_file_knows_has_the_name_that_is_written_there()
    {
        RootPath path = Path(leaked => s_held = new OnlyHere { Held = leaked });
        Assert.Equal("LifetimeMonitoring.Tests.Paths.OnlyHere", path.Steps[0].TypeName);
    }

    [Fact]
    public void A_lambda_in_lambdas_is_let_go_of_with_the_outermost()
    {
        RootPath path = Path(leaked => s_held = Around(Around(() => leaked.Next)));
        Assert.Same(path.Steps[0], path.Suspect);
        Assert.StartsWith("A delegate keeps its target alive", path.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_GCHandle_on_a_delegate_is_to_be_freed()
    {
        GCHandle handle = default;
        RootPath path = Path(leaked => handle = GCHandle.Alloc((EventHandler)leaked.OnHappened));
        handle.Free();
        Assert.Equal("strong GCHandle = Leaked.OnHappened", path.Root);
        Assert.Equal(
            "A GCHandle holds the delegate until it is freed: call Free, or dispose the GCHandle<T>, when the Leaked is done.",
            path.Advice);
    }

    [Fact]
    public void A_kept_lambda_that_does_not_use_the_variable_is_told_from_the_one_that_does()
    {
        RootPath path = Path(leaked =>
        {
            int number = 3;
            Action use = () => leaked.Next = null;
            use();
            s_held = (Func<int>)(() => number);
        });
        const string Lambda = "lambda in WordsTests.A_kept_lambda_that_does_not_use_the_variable_is_told_from_the_one_that_does";
        Assert.EndsWith(" (which the kept lambda does not use)", path.Steps[^1].Reference, StringComparison.Ordinal);
        Assert.Equal(
            $"The {Lambda} is kept and does not use 'leaked'. It shares its closure with one that does: make one of the " +
            "two in a method of its own.",
            path.Advice);
    }

    public static TheoryData<string, Func<Leaked, object>> Users => new()
    {
        { "itself", leaked => (Func<object?>)(() => leaked.Next) },
        { "by a struct in it", leaked => Tupled((1, leaked)) },
        { "by a local function", Local },
        { "by a lambda in it", leaked => (Func<Func<object?>>)(() => () => leaked.Next) },
        { "by another lambda", Another },
        { "after an await", leaked => (Func<Task<object?>>)(async () => { await Task.Yield(); return leaked.Next; }) },
    };

    [Theory]
    [MemberData(nameof(Users))]
    public void A_kept_lambda_that_uses_the_variable_is_not_told_otherwise(string how, Func<Leaked, object> make)
    {
        Assert.NotEmpty(how);
        Assert.DoesNotContain("does not use", Words(Path(leaked => s_held = make(leaked))), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_types_of_one_name_have_their_namespaces()
    {
        System.Timers.Timer timer = new(TimeSpan.FromDays(1));
        s_held = new System.Timers.Timer[] { timer };
        LifetimeReport report = LeakOfTimer(timer);
        s_held = null;
        timer.Dispose();
        Assert.Equal(
            ["System.Timers.Timer[]", "System.Timers.Timer", "System.Threading.Timer"],
            report.Paths[0].Steps.Take(3).Select(s => s.TypeName is "Timer[]" ? "System.Timers.Timer[]" : s.TypeName));
    }

    private static LifetimeReport LeakOfTimer(System.Timers.Timer timer) => Leak.Check(() =>
    {
        timer.Start();
        return typeof(System.Timers.Timer)
            .GetField("_timer", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
            .GetValue(timer)!;
    });

    [Fact]
    public void Advice_begins_with_a_capital_letter()
    {
        RootPath path = Path(leaked =>
        {
            var publisher = new Publisher();
            publisher.Happened += OnHappened;
            s_held = publisher;

            void OnHappened(object? sender, EventArgs e) => GC.KeepAlive(leaked);
        });
        Assert.StartsWith("Local function OnHappened in WordsTests.", path.Advice, StringComparison.Ordinal);
    }

    private static object Tupled((int Number, Leaked Page) pair) => (Func<object?>)(() => pair.Page.Next);

    private static object Local(Leaked leaked)
    {
        int number = 3;
        return (Func<object?>)(() => (number, Use()));

        object? Use() => leaked.Next;
    }

    private static object Another(Leaked leaked)
    {
        Func<object?> inner = () => leaked.Next;
        return (Func<object?>)(() => inner());
    }

    private static Func<object?> Around(Func<object?> inner) => () => inner();

    private static IReadOnlyList<Leaked> Two(Leaked leaked) => [leaked, leaked];

    private static IReadOnlyList<Leaked> One(Leaked leaked) => [leaked];

    private static string Words(RootPath path) => string.Join(
        " / ",
        path.Steps.Select(s => s.Reference.Replace(
            $"static field {typeof(WordsTests).FullName}.",
            "",
            StringComparison.Ordinal)));

    private static RootPath Path(Action<Leaked> hold)
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            hold(leaked);
            return leaked;
        });
        (s_held, s_pair, s_eight) = (null, default, default);
        s_pairs.Clear();
        s_map.Clear();
        Assert.Equal(LifetimeVerdict.Retained, report.Verdict);
        return report.Paths[0];
    }

    private sealed class Places
    {
        public (int Number, (int Count, Leaked Page) Inner) Place { get; init; }
    }

    private sealed class Publisher
    {
        public event EventHandler? Happened;

        public void Raise() => Happened?.Invoke(this, EventArgs.Empty);
    }
}

file sealed class OnlyHere
{
    public Leaked? Held { get; init; }
}
