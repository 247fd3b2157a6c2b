using System.Buffers;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Tests.Paths;

namespace LifetimeMonitoring.Tests.Blame;

/// <summary>The suspect, the advice, the other holders and the retained memory of real leaks.</summary>
public sealed class BlameTests
{
    private static Action? s_action;
    private static readonly Dictionary<string, Leaked> s_cache = [];
    private static readonly List<Publisher> s_publishers = [new()];
    private static readonly ArrayPool<Leaked> s_pool = ArrayPool<Leaked>.Create();
    private static readonly Dictionary<string, Leaked> s_other = [];
    private static readonly Dictionary<string, List<Leaked>> s_lists = [];
    private static Leaked? s_field;
    private Leaked? _own;
    private static CancellationTokenSource? s_shutdown;
    private static CancellationTokenRegistration s_registration;

    [Fact]
    public void A_subscription_is_the_suspect_and_not_the_list_that_holds_the_publisher()
    {
        RootPath path = Path(leaked => s_publishers[0].Happened += leaked.OnHappened);
        Assert.Equal("event Happened += Leaked.OnHappened", path.Suspect?.Reference);
        Assert.Equal(
            "Leaked.OnHappened was added to event Happened of Publisher and never removed: unsubscribe when the " +
            "Leaked is done.",
            path.Advice);
    }

    [Fact]
    public void A_lambda_that_is_subscribed_is_the_suspect_and_not_its_captured_variable()
    {
        RootPath path = Path(leaked => s_publishers[0].Happened += (_, _) => leaked.OnHappened(null, EventArgs.Empty));
        Assert.Equal(
            "event Happened += lambda in " +
            "BlameTests.A_lambda_that_is_subscribed_is_the_suspect_and_not_its_captured_variable",
            path.Suspect?.Reference);
    }

    [Fact]
    public void An_element_of_a_static_collection_is_the_suspect()
    {
        RootPath path = Path(leaked => s_cache["k17"] = leaked);
        Assert.Equal("[\"k17\"]", path.Suspect?.Reference);
        Assert.Equal(
            "An element was added to static field LifetimeMonitoring.Tests.Blame.BlameTests.s_cache and never removed: " +
            "remove it when the Leaked is done.",
            path.Advice);
    }

    [Fact]
    public void An_array_that_went_back_to_its_pool_is_said_to_have_been_returned_with_it()
    {
        const string Advice =
            "An array was returned to its ArrayPool with the Leaked in it: clear it before, or return it with clearArray: true.";
        Assert.Equal(Advice, Path(leaked => ReturnWith(ArrayPool<Leaked>.Shared, leaked)).Advice);
        Assert.Equal(Advice, Path(leaked => ReturnWith(s_pool, leaked)).Advice);
    }

    [Fact]
    public void The_wait_for_the_diagnosis_is_no_holder()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            SynchronizationContext.SetSynchronizationContext(new Context(leaked));
            return leaked;
        });
        SynchronizationContext.SetSynchronizationContext(before);
        Assert.Contains(report.Paths, p => p.Kind == RootKind.ThreadStaticField);
        Assert.DoesNotContain(report.Paths, p => p.Root.Contains("DiagnosisThread", StringComparison.Ordinal));
    }

    [Fact]
    public void A_registration_that_was_not_disposed_is_the_suspect()
    {
        RootPath path = Path(leaked => (s_shutdown ??= new()).Token.Register(state => GC.KeepAlive(state), leaked));
        Assert.StartsWith("registration", path.Suspect?.Reference, StringComparison.Ordinal);
        Assert.StartsWith("The registration was not disposed", path.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registration_is_the_suspect_also_where_only_another_one_leads_to_it()
    {
        RootPath path = Path(leaked =>
        {
            CancellationToken token = new CancellationTokenSource().Token;
            s_registration = token.Register(GC.Collect);
            _ = token.Register(state => GC.KeepAlive(state), leaked);
        });
        s_registration = default;
        Assert.Equal("registration", path.Suspect?.Reference);
        Assert.StartsWith("The registration was not disposed", path.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_the_test_class_is_said_to_be_the_tests_own()
    {
        LifetimeReport report = Leak.Check(() => _own = new Leaked());
        Assert.Equal(
            "The test class's own field _own holds it: set it to null before the check, or make the object with " +
            "LifeTimeMonitor.Track(() => …).",
            report.Paths[0].Advice);
        Assert.Equal(
            [("test framework, which holds the instance of the test class", "LifetimeMonitoring.Tests.Blame.BlameTests"),
                ("_own", "LifetimeMonitoring.Tests.Paths.Leaked")],
            report.Paths[0].Steps.Select(s => (s.Reference, s.TypeName)));
        GC.KeepAlive(_own);
    }

    [Fact]
    public void A_local_of_the_test_is_said_to_be_the_tests_own()
    {
        var leaked = new Leaked();
        LifetimeReport report = new LifeTimeMonitor(leaked).CheckUntilExact();
        Assert.True(
            report.Paths[0].Advice?.StartsWith(
                "It is your test's own local: in unoptimized code locals live to the end of the method.",
                StringComparison.Ordinal) == true,
            report.ToString());
        GC.KeepAlive(leaked);
    }

    [Fact]
    public async Task A_variable_that_the_async_test_keeps_is_said_to_be_the_tests_own()
    {
        var leaked = new Leaked();
        await Task.Yield();
        LifetimeReport report = await new LifeTimeMonitor(leaked).CheckUntilExactAsync(TestContext.Current.CancellationToken);
        Assert.True(
            report.Paths[0].Advice?.StartsWith(
                "Your own async test method keeps its variables while it runs:",
                StringComparison.Ordinal) == true,
            report.ToString());
        GC.KeepAlive(leaked);
    }

    [Fact]
    public async Task A_variable_of_the_method_that_awaits_the_check_is_held_by_its_await()
    {
        LifetimeReport report = await Awaiting();
        Assert.Equal("await of this check", report.Paths[0].Root);
        Assert.StartsWith("async Leak.CheckUntilExact", report.Paths[0].Steps[0].TypeName, StringComparison.Ordinal);
        Assert.StartsWith("The method that awaits this check keeps its variables:", report.Paths[0].Advice, StringComparison.Ordinal);

        static async Task<LifetimeReport> Awaiting()
        {
            var leaked = new Leaked();
            await Task.Yield();
            LifetimeReport report = await new LifeTimeMonitor(leaked).CheckUntilExactAsync(TestContext.Current.CancellationToken);
            GC.KeepAlive(leaked);
            return report;
        }
    }

    [Fact]
    public void Keys_that_are_strings_can_be_kept_out_of_the_report()
    {
        LifetimeReport report = Leak.Check(() => s_cache["secret"] = new Leaked(), LifetimeOptions.Default with { ShowStrings = false });
        Assert.Contains("├─ […]\n", report.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", report.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Asked_to_be_verbose_a_path_shows_every_object_as_it_is()
    {
        LifetimeReport report = Leak.Check(() => s_cache["verbose"] = new Leaked(), LifetimeOptions.Default with { Verbose = true });
        Assert.Matches(@"├─ _entries\n.*Entry\[\]\n  ├─ \[\d+\]\.value\n", report.Text());
    }

    [Fact]
    public void A_second_holder_is_shown_and_cutting_the_first_reference_is_not_said_to_free_it()
    {
        GCHandle handle = default;
        LifetimeReport report = Leak.Check(() =>
        {
            s_field = new Leaked();
            handle = GCHandle.Alloc(s_field);
            return s_field;
        });
        handle.Free();
        Assert.Equal([RootKind.StaticField, RootKind.StrongHandle], report.Paths.Select(p => p.Kind));
        Assert.False(report.SuspectIsOnEveryPath);
    }

    [Fact]
    public void Cutting_the_only_reference_frees_the_object()
    {
        LifetimeReport report = Leak.Check(() => s_field = new Leaked());
        Assert.Single(report.Paths);
        Assert.True(report.SuspectIsOnEveryPath);
        Assert.Contains("Cutting the suspect reference (^^^) frees it.", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_retained_size_counts_objects_that_nothing_else_holds()
    {
        LifetimeReport report = Leak.Check(() => s_field = new Leaked { Next = new object[] { new byte[1000], s_cache } });
        // The object, its array, and the bytes: not the dictionary, which stays alive without them.
        Assert.Equal((3, 24L + 40 + 1024), (report.Retained?.Objects, report.Retained?.Bytes));
    }

    [Fact]
    public void A_fingerprint_does_not_depend_on_indices_and_keys() =>
        Assert.Equal(Path(leaked => s_cache["one"] = leaked).Fingerprint, Path(leaked => s_cache["t\"]wo"] = leaked).Fingerprint);

    [Fact]
    public void A_fingerprint_does_not_depend_on_where_a_method_stands_among_the_others() =>
        Assert.Equal(Path(leaked => Capture(leaked, number: 1)).Fingerprint, Path(leaked => Capture(leaked, text: "")).Fingerprint);

    [Fact]
    public void A_fingerprint_tells_leaks_apart() =>
        Assert.NotEqual(Path(leaked => s_cache["one"] = leaked).Fingerprint, Path(leaked => s_field = leaked).Fingerprint);

    [Fact]
    public void A_fingerprint_tells_the_holders_of_an_element_apart() => Assert.Equal(
        3,
        new[]
        {
            Path(leaked => s_cache["one"] = leaked).Fingerprint,
            Path(leaked => s_other["one"] = leaked).Fingerprint,
            Path(leaked => s_lists["one"] = [leaked]).Fingerprint,
        }.Distinct().Count());

    [Fact]
    public void The_leak_of_an_earlier_check_that_holds_the_object_is_said_to_be_one()
    {
        var owner = new WeakReference<Leaked>(null!);
        LifetimeReport first = Leak.Check(() =>
        {
            s_field = new Leaked();
            owner.SetTarget(s_field);
            return s_field;
        });
        LifetimeReport second = Leak.Check(() => Owned(owner));
        s_field = null;
        Assert.Equal(LifetimeVerdict.Retained, first.Verdict);
        Assert.Matches(
            "^The path leads through an object that an earlier check found alive, LifetimeMonitoring.Tests.Paths.Leaked "
            + "\\(tracked as `make` at Leak.cs:\\d+\\): end that leak first\\.$",
            second.Paths[0].Advice);

        static Leaked Owned(WeakReference<Leaked> owner)
        {
            var owned = new Leaked();
            if (owner.TryGetTarget(out Leaked? found)) found.Next = owned;
            return owned;
        }
    }

    private static void Capture(Leaked leaked, int number) => s_action = () => leaked.Next = number;

    private static void Capture(Leaked leaked, string text) => s_action = () => leaked.Next = text;

    private static RootPath Path(Action<Leaked> hold) => Leak.Check(() =>
    {
        var leaked = new Leaked();
        hold(leaked);
        return leaked;
    }).Paths[0];

    private sealed class Publisher
    {
        public event EventHandler? Happened;

        public void Raise() => Happened?.Invoke(this, EventArgs.Empty);
    }

    private static void ReturnWith(ArrayPool<Leaked> pool, Leaked leaked)
    {
        Leaked[] rented = pool.Rent(16);
        rented[3] = leaked;
        pool.Return(rented);
    }

    private sealed class Context(Leaked leaked) : SynchronizationContext
    {
        public Leaked Held => leaked;
    }
}
