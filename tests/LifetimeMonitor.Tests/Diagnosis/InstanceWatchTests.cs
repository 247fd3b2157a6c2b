using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Diagnosis;

namespace LifetimeMonitoring.Tests.Diagnosis;

public sealed class InstanceWatchTests
{
    private static readonly List<object> s_held = [];

    [Fact]
    public void An_instance_that_was_made_and_kept_is_new()
    {
        InstanceWatch watch = new([typeof(Made)], LifetimeOptions.Default);
        Keep(new Made());
        Assert.Equal(["alive"], New(watch));
    }

    [Fact]
    public void An_older_instance_is_not_new_although_the_collector_moves_it()
    {
        for (int i = 0; i < 100; i++)
        {
            Keep(new Old(i));
            Scatter();
        }

        InstanceWatch watch = new([typeof(Old)], LifetimeOptions.Default);
        for (int i = 0; i < 3; i++)
        {
            Scatter();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        }

        Assert.Empty(New(watch));
    }

    [Fact]
    public void An_instance_that_was_made_and_let_go_of_is_dead()
    {
        InstanceWatch watch = new([typeof(Dropped)], LifetimeOptions.Default);
        Drop();
        (IReadOnlyList<MonitoredObject> found, string? unknown) = watch.FindNew([]);
        // Threads of other tests can hide which instances are new. The watch then reports that and blames no instance.
        Assert.SkipWhen(unknown is not null, unknown ?? "");
        Assert.All(found, o => LifetimeCheck.RequireDead(o, LifetimeOptions.Default));
    }

    [Fact]
    public void An_instance_that_only_another_stack_held_before_is_not_new()
    {
        using var made = new ManualResetEventSlim();
        using var keep = new ManualResetEventSlim(initialState: false, spinCount: 0);
        var holder = new Thread(() => HoldOnStack(made, keep));
        holder.Start();
        made.Wait(TestContext.Current.CancellationToken);
        // The references of a running thread are uncertain: on a starved machine it may not have reached its wait yet.
        InstanceWatch watch = new([typeof(OnStack)], LifetimeOptions.Default);
        for (int i = 0; i < 20 && watch.FindNew([]).Unknown is not null; i++) watch = new([typeof(OnStack)], LifetimeOptions.Default);
        keep.Set();
        holder.Join();
        Assert.Empty(New(watch));
    }

    [Fact]
    public void A_reference_to_a_field_on_a_stack_is_no_object()
    {
        using var ready = new ManualResetEventSlim();
        using var end = new ManualResetEventSlim(initialState: false, spinCount: 0);
        var holder = new Thread(() => HoldField(ready, end));
        holder.Start();
        ready.Wait(TestContext.Current.CancellationToken);
        try
        {
            InstanceWatch watch = new([typeof(BaseOfKind)], LifetimeOptions.Default);
            Keep(new DerivedKind());
            Assert.Single(New(watch));
        }
        finally
        {
            end.Set();
            holder.Join();
        }
    }

    [Theory]
    [InlineData(typeof(BaseOfKind))]
    [InlineData(typeof(IKind))]
    [InlineData(typeof(Kind<>))]
    [InlineData(typeof(Kind<int>))]
    [InlineData(typeof(Kind<string>))]
    [InlineData(typeof(IKind<>))]
    public void Derived_types_and_those_constructed_of_open_ones_count(Type type)
    {
        InstanceWatch watch = new([type], LifetimeOptions.Default);
        int expected = 0;
        if (type != typeof(Kind<string>)) expected += Keep(new DerivedKind());
        if (type != typeof(Kind<int>)) expected += Keep(new Kind<string>());
        Keep(new object());
        Assert.Equal(expected, New(watch).Length);
    }

    [Fact]
    public void An_instance_that_is_watched_already_is_left_out()
    {
        InstanceWatch watch = new([typeof(Watched)], LifetimeOptions.Default);
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(() => new Watched(), w => Keep(w));
        Assert.Empty(watch.FindNew([monitor.Monitored.Weak]).New);
        monitor.AssertAlive();
    }

    [Fact]
    public void Without_a_snapshot_nobody_is_accused_and_the_reason_is_given()
    {
        InstanceWatch watch = new([typeof(Unseen)], LifetimeOptions.Default with { Snapshots = [] });
        Keep(new Unseen());
        (IReadOnlyList<MonitoredObject> found, string? unknown) = watch.FindNew([]);
        Assert.Empty(found);
        Assert.Equal(
            "[MustBeCollected] did not look at instances of " +
            "LifetimeMonitoring.Tests.Diagnosis.InstanceWatchTests.Unseen: not all that were alive before the test " +
            "could be seen (LifetimeOptions.Snapshots is empty).",
            unknown);
    }

    [Fact]
    public async Task Threads_that_allocate_and_collect_meanwhile_make_nobody_guilty()
    {
        for (int i = 0; i < 50; i++) Keep(new Busy());
        using var stop = new CancellationTokenSource();
        Task[] load = [Task.Run(() => Load(collect: false), stop.Token), Task.Run(() => Load(collect: true), stop.Token)];
        for (int round = 0; round < Thoroughness.Of(3, 30); round++)
        {
            InstanceWatch watch = new([typeof(Busy)], LifetimeOptions.Default);
            (IReadOnlyList<MonitoredObject> found, _) = watch.FindNew([]);
            Assert.Empty(found);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);

        void Load(bool collect)
        {
            while (!stop.IsCancellationRequested)
            {
                Scatter();
                if (!collect) continue;
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
                Thread.Sleep(20);
            }
        }
    }

    [Theory]
    [InlineData(typeof(int))]
    [InlineData(typeof(GC))]
    public void A_type_without_instances_of_their_own_is_refused(Type type)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new InstanceWatch([type], LifetimeOptions.Default));
        Assert.StartsWith("[MustBeCollected] cannot watch instances of ", refusal.Message, StringComparison.Ordinal);
    }

    private static string[] New(InstanceWatch watch)
    {
        (IReadOnlyList<MonitoredObject> found, string? unknown) = watch.FindNew([]);
        // Threads of other tests can hide which instances are new. The watch then reports that and blames no instance.
        Assert.SkipWhen(unknown is not null, unknown ?? "");
        return [.. found.Select(o => o.Weak.IsAlive(trackResurrection: false) ? "alive" : "dead")];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Keep(object made)
    {
        lock (s_held) s_held.Add(made);
        return 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop() => _ = new Dropped();

    // If a method table leads to its class, and the class back to the table, two objects can lead to each other.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static void HoldField(ManualResetEventSlim ready, ManualResetEventSlim end)
    {
        var like = new LikeAMethodTable();
        like.At28 = new LikeAMethodTable { At10 = like };
        like.At20 = new LikeAMethodTable { At10 = "no type" };
        var outer = new LikeAMethodTable { At18 = like };
        ref object? field = ref outer.At18;
        ready.Set();
        end.Wait();
        GC.KeepAlive(field);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HoldOnStack(ManualResetEventSlim made, ManualResetEventSlim keep)
    {
        var held = new OnStack();
        made.Set();
        keep.Wait(TestContext.Current.CancellationToken);
        Keep(held);
    }

    // Garbage between the live objects, so that compacting moves them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Scatter()
    {
        for (int i = 0; i < 100; i++) _ = new byte[200 + (i % 7 * 100)];
    }

    private sealed class Made;

    private sealed record Old(int Number);

    private sealed class Dropped;

    private sealed class OnStack;

    private sealed class Watched;

    private sealed class Unseen;

    private sealed class Busy;

    private interface IKind;

    private interface IKind<T>;

    [StructLayout(LayoutKind.Sequential)]
    private sealed class LikeAMethodTable
    {
        public object? At8, At10, At18, At20, At28;
    }

    private class BaseOfKind : IKind;

    private class Kind<T> : BaseOfKind, IKind<T>;

    private sealed class DerivedKind : Kind<int>;
}
