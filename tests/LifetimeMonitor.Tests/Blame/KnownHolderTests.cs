using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Tests.Paths;

namespace LifetimeMonitoring.Tests.Blame;

public sealed class KnownHolderTests
{
    private const string Field = "LifetimeMonitoring.Tests.Blame.KnownHolderTests.s_known";
    private static readonly Holder s_holder = new();
    private static Leaked? s_known, s_alsoKnown;
    private static Action? s_closed;

    [Fact]
    public void Another_path_is_preferred_to_one_through_a_known_holder()
    {
        GCHandle handle = default;
        LifetimeReport report = Check(Field, () =>
        {
            s_known = new Leaked();
            handle = GCHandle.Alloc(s_known);
            return s_known;
        });
        handle.Free();
        Assert.Equal(RootKind.StrongHandle, report.Paths[0].Kind);
        Assert.Null(report.KnownHolder);
    }

    [Fact]
    public void A_known_holder_that_is_all_there_is_is_shown_with_its_reason_and_fails()
    {
        LifetimeReport report = Check(Field, () => s_known = new Leaked());
        Assert.Equal(RootKind.StaticField, report.Paths[0].Kind);
        Assert.Contains(
            $" Known holder: {Field} (it is the cache). ",
            report.ToString().Replace("\n  ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.False(report.Passes);
    }

    [Fact]
    public void A_known_holder_that_does_not_fail_lets_the_assertion_pass()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => s_known = new Leaked());
        monitor.AssertDead(LifetimeOptions.Default with { KnownHolders = [new KnownHolder(Field, "it is the cache") { Fails = false }] });
        Assert.True(monitor.IsAlive);
        Assert.Throws<ObjectNotDeadException>(() => monitor.AssertDead());
    }

    [Fact]
    public void A_known_holder_that_fails_is_not_excused_by_another_one()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => s_known = s_alsoKnown = new Leaked());
        LifetimeOptions options = LifetimeOptions.Default with
        {
            KnownHolders =
            [
                new KnownHolder(Field, "it is the cache") { Fails = false },
                new KnownHolder("*.s_alsoKnown", "it is another cache")
            ],
        };
        LifetimeReport report = monitor.CheckUntilExact(options);
        s_alsoKnown = null;
        Assert.Equal("it is another cache", report.KnownHolder?.Reason);
        Assert.Equal("static field LifetimeMonitoring.Tests.Blame.KnownHolderTests.s_alsoKnown", report.Paths[0].Root);
        Assert.False(report.Passes);
        Assert.True(monitor.CheckUntilExact(options).Passes);
    }

    [Theory]
    [InlineData("LifetimeMonitoring.Tests.Blame.KnownHolderTests.Holder.OnClosed")]
    [InlineData("LifetimeMonitoring.Tests.Blame.KnownHolderTests.s_closed")]
    public void A_handler_can_be_known_by_its_method(string pattern)
    {
        LifetimeReport report = LifeTimeMonitor.Track(() =>
        {
            var holder = new Holder();
            s_closed = holder.OnClosed;
            return holder;
        }).CheckUntilExact(LifetimeOptions.Default with { KnownHolders = [new KnownHolder(pattern, "it is the cache")] });
        s_closed = null;
        Assert.True(pattern == report.KnownHolder?.Pattern, report.ToString());
    }

    [Theory]
    [InlineData("LifetimeMonitoring.Tests.Blame.KnownHolderTests.Holder")]
    [InlineData("LifetimeMonitoring.Tests.Blame.KnownHolderTests.Holder.Held")]
    [InlineData("LifetimeMonitoring.Tests.Blame.KnownHolderTests+Holder.*")]
    [InlineData("assembly:LifetimeMonitor.Tests")]
    public void A_type_its_fields_and_its_assembly_can_be_known(string pattern)
    {
        LifetimeReport report = Check(pattern, () =>
        {
            var leaked = new Leaked();
            s_holder.Held = leaked;
            return leaked;
        });
        Assert.True(pattern == report.KnownHolder?.Pattern, report.ToString());
    }

    [Fact]
    public void The_leaked_object_itself_is_nobodys_holder() =>
        Assert.Null(Check("LifetimeMonitoring.Tests.Paths.Leaked", () => s_known = new Leaked()).KnownHolder);

    [Fact]
    public void An_empty_pattern_or_reason_is_refused()
    {
        Assert.StartsWith(
            "A known holder's pattern is empty: name the holder",
            Assert.Throws<ArgumentException>(() => new KnownHolder(" ", "reason")).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "A known holder's reason is empty: say why",
            Assert.Throws<ArgumentException>(() => new KnownHolder("A.b", "")).Message,
            StringComparison.Ordinal);
    }

    private static LifetimeReport Check(string pattern, Func<Leaked> make) =>
        LifeTimeMonitor.Track(make)
            .CheckUntilExact(
                LifetimeOptions.Default with { KnownHolders = [new KnownHolder(pattern, "it is the cache")] });

    private sealed class Holder
    {
        public object? Held;

        public void OnClosed() => GC.KeepAlive(Held);
    }
}
