using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Tests.Paths;

namespace LifetimeMonitoring.Tests.Blame;

/// <summary>What a report says about cutting the suspect reference is what the search has shown.</summary>
public sealed class CuttingTests : IDisposable
{
    private const string Once = "Cutting the suspect reference (^^^) frees it.";
    private const string Twice = "It is held twice in this way: cutting both references (^^^) frees it.";
    private static readonly Queue<object> s_queue = [];
    private static readonly ConcurrentStack<object> s_stack = [];
    private static readonly LinkedList<object> s_list = [];
    private static readonly Dictionary<object, object> s_map = [];
    private static readonly List<Holder> s_holders = [], s_others = [];
    private static Publisher s_publisher = new();
    private static TaskCompletionSource s_never = new();

    public void Dispose()
    {
        s_queue.Clear();
        s_stack.Clear();
        s_list.Clear();
        s_map.Clear();
        s_holders.Clear();
        s_others.Clear();
        s_publisher = new Publisher();
        s_never = new TaskCompletionSource();
    }

    [Fact]
    public void A_handler_that_was_added_twice_is_counted() => Says(Twice, leaked =>
    {
        s_publisher.Happened += leaked.OnHappened;
        s_publisher.Happened += leaked.OnHappened;
    });

    [Fact]
    public void An_object_that_is_twice_in_one_array_is_counted() => Says(Twice, leaked =>
    {
        s_queue.Enqueue(leaked);
        s_queue.Enqueue(leaked);
    });

    [Fact]
    public void Many_are_counted_as_well() => Says(
        "It is held 70 times in this way: cutting all references (^^^) frees it.",
        leaked =>
        {
            for (int i = 0; i < 70; i++) s_queue.Enqueue(leaked);
        },
        // More than sixty places in one array are not counted.
        isSaid: false);

    [Fact]
    public void Nodes_of_a_list_are_counted() => Says(Twice, leaked =>
    {
        _ = s_list.AddLast(leaked);
        _ = s_list.AddLast(leaked);
    });

    [Fact]
    public void Nodes_of_a_stack_are_counted() => Says(
        "It is held 3 times in this way: cutting all references (^^^) frees it.",
        leaked =>
        {
            for (int i = 0; i < 3; i++) s_stack.Push(leaked);
        });

    [Fact]
    public void A_key_that_is_its_own_value_is_held_once() => Says(Once, leaked => s_map[leaked] = leaked);

    [Fact]
    public void Continuations_are_counted() => Says(Twice, leaked =>
    {
        _ = s_never.Task.ContinueWith(_ => leaked.OnHappened(null, EventArgs.Empty), TaskScheduler.Default);
        _ = s_never.Task.ContinueWith(_ => leaked.OnHappened(null, EventArgs.Empty), TaskScheduler.Default);
    });

    [Fact]
    public void Timers_are_counted()
    {
        LifetimeReport report = Leak.Check(() => new Ticking());
        Assert.Contains(Twice, report.ToString(), StringComparison.Ordinal);
        Assert.False(report.SuspectIsOnEveryPath);
    }

    [Fact]
    public void Handles_are_counted()
    {
        GCHandle one = default, another = default;
        Says(Twice, leaked => (one, another) = (GCHandle.Alloc(leaked), GCHandle.Alloc(leaked)));
        one.Free();
        another.Free();
    }

    [Fact]
    public void A_second_holder_beside_two_handlers_leaves_no_claim() => Says(
        "It is held twice in this way.",
        leaked =>
        {
            s_publisher.Happened += leaked.OnHappened;
            s_publisher.Happened += leaked.OnHappened;
            // Farther from the root.
            s_holders.Add(new Holder { Held = new Holder { Held = new List<object> { leaked } } });
        });

    [Fact]
    public void The_reference_that_all_paths_share_is_the_suspect_and_the_others_are_shown()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var holder = new Holder { Held = new Leaked() };
            s_holders.Add(holder);
            s_others.Add(holder);
            return holder.Held;
        });
        Assert.True(report.SuspectIsOnEveryPath, report.ToString());
        Assert.Equal(2, report.Paths.Count);
        Assert.All(report.Paths, p => Assert.Equal("Held", p.Suspect?.Reference));
        Assert.Equal("Held of Holder still refers to it: let go of it when the Leaked is done.", report.Paths[0].Advice);
        Assert.Contains(Once, report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_suspect_moves_towards_the_root_until_cutting_it_frees_the_object()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var (left, leaked) = (new Holder(), new Leaked());
            (left.Held, left.Also) = (new List<object> { leaked }, new List<object> { leaked });
            s_holders.Add(left);
            return leaked;
        });
        Assert.True(report.SuspectIsOnEveryPath, report.ToString());
        Assert.Single(report.Paths);
        Assert.Equal("[0]", report.Paths[0].Suspect?.Reference);
        Assert.Equal("LifetimeMonitoring.Tests.Blame.CuttingTests.Holder", report.Paths[0].Suspect?.TypeName);
    }

    [Fact]
    public void Without_a_shared_reference_nothing_is_claimed()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            s_holders.Add(new Holder { Held = leaked });
            s_others.Add(new Holder { Held = leaked });
            return leaked;
        });
        Assert.False(report.SuspectIsOnEveryPath);
        Assert.DoesNotContain("Cutting the suspect", report.ToString(), StringComparison.Ordinal);
    }

    private static void Says(string sentence, Action<Leaked> hold, bool isSaid = true)
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            hold(leaked);
            return leaked;
        });
        string text = report.ToString();
        Assert.True(text.Contains(sentence, StringComparison.Ordinal) == isSaid, text);
        Assert.True(report.SuspectIsOnEveryPath == true == (isSaid && sentence == Once), text);
    }

    private sealed class Publisher
    {
        public event EventHandler? Happened;

        public void Raise() => Happened?.Invoke(this, EventArgs.Empty);
    }

    private sealed class Holder
    {
        public object? Held;
        public object? Also;
    }

    private sealed class Ticking
    {
        public Ticking()
        {
            foreach (var timer in new[] { new Timer(OnTick), new Timer(OnTick) })
                _ = timer.Change(TimeSpan.FromDays(1), TimeSpan.FromDays(1));
        }

        private void OnTick(object? state) => GC.KeepAlive(state);
    }
}
