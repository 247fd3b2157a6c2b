#if NET9_0_OR_GREATER
using System.Diagnostics.Tracing;
#endif
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeMonitor.TruthTable.Rows;

/// <summary>References that are not alone, and references inside the framework that its public API ends.</summary>
internal static class Suspects
{
    private static readonly TimeSpan s_long = TimeSpan.FromDays(1);
    private static readonly ManualResetEvent s_never = new(initialState: false);
    private static readonly CancellationTokenSource s_shutdown = new();
    private static readonly AsyncLocal<object?> s_current = new();
    private static readonly Queue<object> s_queue = [];
    private static readonly List<Holder> s_holders = [], s_others = [];
    private static GCHandle s_handle, s_secondHandle;
    private static RegisteredWaitHandle? s_wait;
    private static Timer? s_timer;

#pragma warning disable CS0067 // Nobody needs to raise it.
    private static event EventHandler? Happened;

    public static Row[] Rows =>
    [
        HandlerTwice, ElementTwice, HandleTwice, SharedReference, PutIntoLocal, LinkedSource, ContextOfTimer, RegisteredWait,
        ContextOfThread,
#if NET9_0_OR_GREATER
        // On .NET 8 the static that keeps all listeners is not named in every run.
        Listener,
#endif
        TimerWithEvent,
    ];

    private static Row HandlerTwice => Row.Of(
        "event with one handler twice",
        leaked =>
        {
            Happened += leaked.OnHappened;
            Happened += leaked.OnHappened;
        },
        leaked =>
        {
            Happened -= leaked.OnHappened;
            Happened -= leaked.OnHappened;
        });

    private static Row ElementTwice => Row.Of(
        "Queue with one element twice",
        leaked =>
        {
            s_queue.Enqueue(leaked);
            s_queue.Enqueue(leaked);
        },
        _ => s_queue.Clear());

    private static Row HandleTwice => Row.Of(
        "two GCHandles",
        leaked => (s_handle, s_secondHandle) = (GCHandle.Alloc(leaked), GCHandle.Alloc(leaked)),
        _ =>
        {
            s_handle.Free();
            s_secondHandle.Free();
        });

    private static Row SharedReference => Row.Of(
        "field of an object that two lists hold",
        leaked =>
        {
            var holder = new Holder { Held = leaked };
            s_holders.Add(holder);
            s_others.Add(holder);
        },
        _ =>
        {
            s_holders.ForEach(h => h.Held = null);
            s_holders.Clear();
            s_others.Clear();
        });

    private static Row PutIntoLocal => Row.Running(
        "element of a list of an object in a local",
        leak: ChecksWhileHeld,
        mended: () => LifeTimeMonitor.Track(() => new Leaked(), use: leaked => leaked.Touch()).Check());

    private static Row LinkedSource => Row.Made(
        "linked CancellationTokenSource",
        () => CancellationTokenSource.CreateLinkedTokenSource(s_shutdown.Token),
        linked => linked.Dispose());

    private static Row ContextOfTimer => Row.Of(
        "AsyncLocal value in the execution context of a timer",
        leaked =>
        {
            s_current.Value = leaked;
            s_timer = new Timer(OnTick, state: null, s_long, s_long);
            s_current.Value = null;
        },
        _ =>
        {
            s_timer!.Dispose();
            s_timer = null;
        });

    private static Row RegisteredWait => Row.Of(
        "registered wait whose handle a static field holds",
        leaked => s_wait = ThreadPool.RegisterWaitForSingleObject(
            s_never,
            (state, _) => GC.KeepAlive(state),
            leaked,
            Timeout.Infinite,
            executeOnlyOnce: true),
        _ =>
        {
            s_wait!.Unregister(null);
            s_wait = null;
            // The thread of the pool that waits needs a moment to see it.
            Thread.Sleep(TimeSpan.FromMilliseconds(100));
        });

    private static Row ContextOfThread => Row.Made(
        "SynchronizationContext of a thread",
        () =>
        {
            var context = new Context();
            SynchronizationContext.SetSynchronizationContext(context);
            return context;
        },
        _ => SynchronizationContext.SetSynchronizationContext(null));

#if NET9_0_OR_GREATER
    // Which event sources hold the listener, too, depends on what ran before.
    private static Row Listener => Row.Made(
        "field of an EventListener",
        () =>
        {
            var leaked = new Leaked();
            leaked.Next = new Listening { Held = leaked };
            return leaked;
        },
        leaked => ((Listening)leaked.Next!).Dispose(),
        LifetimeOptions.Default with { MaxPaths = 1 });
#endif

    private static Row TimerWithEvent => Row.Of(
        "System.Timers.Timer",
        leaked =>
        {
            var timer = new System.Timers.Timer(s_long);
            timer.Elapsed += leaked.OnHappened;
            timer.Start();
            leaked.Next = timer;
        },
        leaked => ((IDisposable)leaked.Next!).Dispose());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifetimeReport ChecksWhileHeld()
    {
        var list = new Holder { Held = new List<Leaked>() };
        LifetimeReport report = Row.CheckUntilExact(Put((List<Leaked>)list.Held));
        GC.KeepAlive(list);
        return report;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifeTimeMonitor Put(List<Leaked> list) =>
        LifeTimeMonitor.Track(() => new Leaked(), use: list.Add);

    private static void OnTick(object? state)
    {
    }

    private sealed class Holder
    {
        public object? Held;
    }

    private sealed class Context : SynchronizationContext;

#if NET9_0_OR_GREATER
    private sealed class Listening : EventListener
    {
        public object? Held;
    }
#endif
}
