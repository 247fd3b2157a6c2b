using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeMonitor.Tests.Paths;

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
              ╰▶ LifetimeMonitor.Tests.Paths.Leaked
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
    public void A_value_in_a_ConditionalWeakTable_is_attached_to_its_key()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_table.AddOrUpdate(s_key, leaked);
            return leaked;
        });
        report.Shows("""
              static field LifetimeMonitor.Tests.Paths.HandleTests.s_key
              │   object
              ├─ attached (ConditionalWeakTable or dependent handle)
              ╰▶ LifetimeMonitor.Tests.Paths.Leaked
            """);
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
}
