using System.ComponentModel;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Threading.Tasks.Dataflow;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>Objects that libraries keep in private fields, until the last object that the program can reach is disposed.</summary>
[Collection(Leak.Collection)]
public sealed class DisposalTests : IDisposable
{
    private static readonly CancellationTokenSource s_shutdown = new();
    private static readonly ManualResetEvent s_never = new(initialState: false);
    private static readonly Subject<int> s_ticks = new();
    private static readonly BufferBlock<int> s_block = new();
    private static readonly Described s_described = new();
    private IDisposable? _disposable;

    public void Dispose()
    {
        _disposable?.Dispose();
        _disposable = null;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Leaks(
        typeof(CancellationTokenSource),
        "`CreateLinkedTokenSource` has the token of a source that lives on",
        "`Dispose()` of the linked source")]
    public void A_linked_source_is_disposed(bool hasTimer) => Leak.IsMended(
        () =>
        {
            CancellationTokenSource linked = Keep(CancellationTokenSource.CreateLinkedTokenSource(s_shutdown.Token));
            if (hasTimer) linked.CancelAfter(TimeSpan.FromDays(1));
            return linked;
        },
        "The linked CancellationTokenSource was not disposed, and the source that it is linked to lives on: when "
        + "it is done, dispose the source that CreateLinkedTokenSource returned.",
        Dispose);

    [Fact]
    [Leaks(typeof(HostApplicationBuilder), "it is a service of a host that runs", "`Dispose()` of the host")]
    public void A_host_is_disposed() => Leak.IsMended(
        () =>
        {
            HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
            _ = builder.Services.AddSingleton<Connection>();
            IHost host = Keep(builder.Build());
            _ = host.RunAsync();
            return host.Services.GetRequiredService<Connection>();
        },
        "A host keeps its services until it is disposed: dispose the host when the Connection is done.",
        Dispose);

    [Fact]
    [Leaks(typeof(HostApplicationBuilder), "it is a service of a host in a static field", "`Dispose()` of the host, and let go of it")]
    public void A_host_that_the_program_keeps_is_disposed_and_let_go_of() => Leak.IsMended(
        () =>
        {
            HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
            _ = builder.Services.AddSingleton<Connection>();
            return Leak.Hold(builder.Build()).Services.GetRequiredService<Connection>();
        },
        "A host keeps its services as long as it lives, disposed or not: when the Connection is done, dispose the "
        + "host and let go of it.",
        () =>
        {
            Leak.Holder<IHost>().Dispose();
            Leak.LetGo();
        });

    [Fact]
    [Leaks(typeof(LoggerFactory), "a provider is added to an `ILoggerFactory`", "`Dispose()` of the factory, and let go of it")]
    public void A_provider_of_loggers_goes_with_its_factory() => Leak.IsMended(
        () =>
        {
            var provider = new Provider();
            Leak.Hold(LoggerFactory.Create(_ => { })).AddProvider(provider);
            return provider;
        },
        "The ILoggerFactory keeps it: when the Provider is done, dispose the ILoggerFactory and let go of it.",
        () =>
        {
            Leak.Holder<ILoggerFactory>().Dispose();
            Leak.LetGo();
        });

    [Fact]
    [Leaks(typeof(ThreadPool), "a static field holds the `RegisteredWaitHandle`", "`Unregister(null)`, and let go of the handle")]
    public void A_registered_wait_that_the_program_keeps_is_unregistered() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            _ = Leak.Hold(ThreadPool.RegisterWaitForSingleObject(
                s_never,
                (state, _) => GC.KeepAlive(state),
                connection,
                Timeout.Infinite,
                executeOnlyOnce: true));
            return connection;
        },
        "A registered wait lasts until it is unregistered: call Unregister on the RegisteredWaitHandle that RegisterWaitForSingleObject returned, "
        + "and let go of it.",
        () =>
        {
            _ = Leak.Holder<RegisteredWaitHandle>().Unregister(null);
            Leak.LetGo();
        });

    [Fact]
    [Leaks(typeof(EventListener), "it derives from `EventListener`", "`Dispose()`")]
    public void A_listener_to_event_sources_is_disposed() => Leak.IsMended(
        () => Keep(new Listener()),
        "The Listener stays registered until it is disposed: dispose it when it is done.",
        Dispose);

    [Fact]
    [Leaks(typeof(EventListener), "an `EventListener` holds it", "`Dispose()` of the listener")]
    public void An_object_that_an_event_listener_holds_dies_with_the_listener() => Leak.IsMended(
        () => Keep(new Listener { Connection = new Connection() }).Connection!,
        "The Listener stays registered until it is disposed: dispose the Listener when the Connection is done.",
        Dispose);

    [Fact]
    [Leaks(typeof(Meter), "a callback of `Meter.CreateObservableGauge` captures it", "`Dispose()` of the meter")]
    public void A_meter_is_disposed() => IsMended(
        "The Meter stays registered until it is disposed: dispose the Meter when the Connection is done.",
        connection =>
        {
            var meter = new Meter("meter");
            _ = meter.CreateObservableGauge("gauge", () => connection.Id);
            return meter;
        });

    [Fact]
    [Leaks(typeof(MeterListener), "a callback of a `MeterListener` captures it", "`Dispose()` of the listener")]
    public void A_listener_to_meters_is_disposed() => IsMended(
        "The MeterListener stays registered until it is disposed: dispose the MeterListener when the Connection is done.",
        connection =>
        {
            var listener = new MeterListener { InstrumentPublished = (_, _) => connection.OnNext(0) };
            listener.Start();
            return listener;
        });

    [Fact]
    [Leaks(typeof(System.Timers.Timer), "it handles `Timer.Elapsed`", "`Dispose()` of the timer")]
    public void A_timer_with_an_event_is_disposed() => IsMended(
        "The Timer stays registered until it is disposed: dispose the Timer when the Connection is done.",
        connection =>
        {
            var timer = new System.Timers.Timer(TimeSpan.FromHours(1));
            timer.Elapsed += connection.OnChanged;
            timer.Start();
            return timer;
        });

    [Fact]
    [Leaks(typeof(BufferBlock<int>), "`LinkTo` has a block that leads to it", "`Dispose()` of the link")]
    public void A_link_between_blocks_is_disposed() => IsMended(
        "A link between blocks lasts until it is disposed: when the Connection is done, dispose the IDisposable that LinkTo returned.",
        connection => s_block.LinkTo(new ActionBlock<int>(connection.OnNext)));

    [Fact]
    [Leaks(typeof(Subject<int>), "it observes a subject behind operators", "`Dispose()` of the subscription")]
    public void An_observer_behind_operators_is_let_go_of() => Leak.IsMended(
        () =>
        {
            var observer = new Observer();
            _disposable = s_ticks.Select(x => x + 1).Subscribe(observer);
            return observer;
        },
        "An observer is kept until its subscription is disposed: when the Observer is done, dispose the IDisposable that Subscribe returned.",
        Dispose);

    [Fact]
    [Leaks(typeof(PropertyDescriptor), "its handler is given to `PropertyDescriptor.AddValueChanged`", "`RemoveValueChanged`")]
    public void A_handler_of_a_property_descriptor_is_removed()
    {
        PropertyDescriptor property = TypeDescriptor.GetProperties(s_described)[nameof(Described.Size)]!;
        EventHandler? handler = null;
        Leak.IsMended(
            () =>
            {
                var connection = new Connection();
                property.AddValueChanged(s_described, handler = connection.OnChanged);
                return connection;
            },
            "A handler that AddValueChanged added is kept until it is removed: call RemoveValueChanged when the "
            + "Connection is done.",
            () =>
            {
                property.RemoveValueChanged(s_described, handler!);
                handler = null;
            });
    }

    private T Keep<T>(T disposable)
        where T : IDisposable
    {
        _disposable = new Weak(new WeakReference(disposable));
        return disposable;
    }

    private void IsMended(string advice, Func<Connection, IDisposable> keep) => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            IDisposable kept = keep(connection);
            // The program has let go of it, except for a link, which nothing else holds.
            if (kept is Meter or MeterListener or System.Timers.Timer) _ = Keep(kept);
            else _disposable = kept;
            return connection;
        },
        advice,
        Dispose);

    /// <summary>Disposes an object that it does not hold.</summary>
    private sealed class Weak(WeakReference target) : IDisposable
    {
        public void Dispose() => (target.Target as IDisposable)?.Dispose();
    }

    private sealed class Provider : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void Dispose()
        {
        }
    }

    private sealed class Listener : EventListener
    {
        public Connection? Connection { get; set; }
    }

    private sealed class Observer : IObserver<int>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(int value)
        {
        }
    }

    private sealed class Described
    {
        public int Size { get; set; }
    }
}
