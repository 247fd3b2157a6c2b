using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

public sealed class HandleTests
{
    private static readonly ConditionalWeakTable<object, object> s_table = [];
    private static readonly object s_key = new();

    [Fact]
    public void A_strong_GCHandle_is_a_root()
    {
        GCHandle handle = default;
        Leak.Check(() =>
        {
            var leaked = new Leaked();
            handle = GCHandle.Alloc(leaked);
            return leaked;
        }).Shows("""
              strong GCHandle
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
        handle.Free();
    }

    [Fact]
    public void A_pinned_GCHandle_is_a_root()
    {
        GCHandle handle = default;
        Leak.Check(() =>
        {
            byte[] leaked = new byte[100];
            handle = GCHandle.Alloc(leaked, GCHandleType.Pinned);
            return leaked;
        }).Shows("""
              pinned GCHandle
              ╰▶ byte[]
            """);
        handle.Free();
    }

    [Fact]
    public void An_object_that_native_code_uses_through_COM_is_held_by_a_ref_counted_handle()
    {
        var wrappers = new Wrappers();
        nint unknown = 0;
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(
            () => new Leaked(),
            use: l => unknown = wrappers.GetOrCreateComInterfaceForObject(l, CreateComInterfaceFlags.None));
        LifetimeReport report = monitor.Check();
        _ = Marshal.Release(unknown);
        report.Shows("""
              ref-counted handle (COM)
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
        Assert.Equal((LifetimeVerdict.Retained, RootKind.RefCountedHandle), (report.Verdict, report.Paths[0].Kind));
        monitor.AssertDead();
    }

    [Fact]
    public void A_value_in_a_ConditionalWeakTable_is_attached_to_its_key()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_table.AddOrUpdate(s_key, leaked);
            return leaked;
        });
        report.Shows("""
              static field LifetimeMonitoring.Tests.Paths.HandleTests.s_key
              │   object
              ├─ attached (ConditionalWeakTable or dependent handle)
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
    }

    // A type or a literal needs no holder: the collector never frees it.
    [Theory]
    [InlineData("typeof(LifetimeMonitoring.Tests.Paths.HandleTests.KeyOnly)")]
    [InlineData("\"literal\"")]
    public void A_value_whose_key_is_never_collected_is_held_by_the_attachment_itself(string shown)
    {
        // Not from the row: a runner may have created its strings again.
        object key = shown.StartsWith('"') ? "literal" : typeof(KeyOnly);
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_table.AddOrUpdate(key, leaked);
            return leaked;
        });
        Assert.True(s_table.Remove(key));
        report.Shows($"""
              attached to {shown} (ConditionalWeakTable or dependent handle)
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked
            """);
        Assert.Equal((LifetimeVerdict.Retained, RootKind.DependentHandle), (report.Verdict, report.Paths[0].Kind));
        Assert.Equal(
            "Its key is never collected, and so its value is not: remove the value when the Leaked is done.",
            report.Paths[0].Advice);
    }

    [Fact]
    public void From_such_a_key_there_is_a_path_to_its_value()
    {
        var value = new Leaked { Next = new object() };
        s_table.AddOrUpdate(typeof(KeyOnly), value);
        PathSearchResult result = ObjectGraph.FindShortestPath(typeof(KeyOnly), value.Next);
        Assert.True(s_table.Remove(typeof(KeyOnly)));
        Assert.Equal(
            ["RuntimeType", "attached (ConditionalWeakTable or dependent handle)", "Next"],
            result.Path!.Steps.Select(s => s.Reference));
    }

    [Fact]
    public void A_value_in_a_ConditionalWeakTable_dies_with_its_key() => LifeTimeMonitor.Track(() =>
    {
        var dead = new Leaked();
        s_table.Add(new object(), dead);
        return dead;
    }).AssertDead();

    [Fact]
    public void A_weak_reference_does_not_hold() =>
        Assert.Equal(LifetimeVerdict.Dead, Leak.Check(() =>
        {
            var dead = new Leaked();
            Weak = new WeakReference(dead);
            return dead;
        }).Verdict);

    private static WeakReference? Weak { get; set; }

    private static class KeyOnly;
}
