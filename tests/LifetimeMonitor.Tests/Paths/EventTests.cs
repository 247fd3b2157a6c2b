using System.ComponentModel;
using System.Net.NetworkInformation;
using System.Reflection;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Paths;

/// <summary>Events with unnamed storage for their handlers: the method that adds to the storage names them.</summary>
public sealed class EventTests
{
    private static object? s_publisher;

    [Fact]
    public void An_event_is_told_from_the_code_that_adds_to_it()
    {
        LifetimeReport report = Check<Publisher>((p, leaked) => p.Opened += leaked.OnHappened);
        Assert.Equal("event Opened += Leaked.OnHappened", Reference(report));
    }

    [Fact]
    public void An_event_of_a_generic_type_is_found_by_the_code_that_adds_to_it()
    {
        LifetimeReport report = Check<Publisher<string>>((p, leaked) => p.Opened += leaked.OnHappened);
        Assert.Equal("event Opened += Leaked.OnHappened", Reference(report));
    }

    [Fact]
    public void An_event_of_the_framework_is_found_by_the_code_that_adds_to_it()
    {
        LifetimeReport report = Check<FileSystemWatcher>((w, leaked) => w.Created += leaked.OnHappened);
        Assert.Equal("event Created += Leaked.OnHappened", Reference(report));
    }

    [Fact]
    public void An_event_that_implements_an_interface_explicitly_has_its_own_name()
    {
        LifetimeReport report = Check<Publisher>((p, leaked) => ((INotify)p).Changed += leaked.OnHappened);
        Assert.Equal("event Changed += Leaked.OnHappened", Reference(report));
    }

    [Fact]
    public void An_event_that_only_its_type_knows_is_called_by_the_one_that_adds_to_it()
    {
        LifetimeReport report = Check<Publisher>((p, leaked) => p.Closed += leaked.OnHappened);
        Assert.Equal("event Closed += Leaked.OnHappened", Reference(report));
    }

    [Fact]
    public void A_delegate_that_no_event_adds_to_is_no_event()
    {
        LifetimeReport report = Check<Publisher>((p, leaked) => p.Callback = leaked.OnHappened);
        Assert.Equal("Callback = Leaked.OnHappened", Reference(report));
    }

    [Fact]
    public void An_event_of_a_component_is_told_from_its_key()
    {
        LifetimeReport report = Check<Button>((b, leaked) =>
        {
            b.Shown += (_, _) => { };
            b.Clicked += leaked.OnHappened;
        });
        Assert.Equal("event Clicked += Leaked.OnHappened", Reference(report));
    }

    [Fact]
    public void A_component_event_whose_key_no_static_field_keeps_is_named_event()
    {
        LifetimeReport report = Check<EventHandlerList>((l, leaked) => l.AddHandler(new object(), (EventHandler)leaked.OnHappened));
        Assert.Equal("event += Leaked.OnHappened", Reference(report));
    }

    [Fact]
    public void An_event_that_keeps_its_handlers_in_a_collection_is_told_from_its_adder()
    {
        LifetimeReport report = Check<Publisher>((p, leaked) => p.Added += leaked.OnHappened);
        Assert.Equal("event Added += Leaked.OnHappened", Reference(report));
    }

    [Fact]
    public void A_collection_of_the_handlers_of_several_events_is_shown()
    {
        LifetimeReport report = Check<Publisher>((p, leaked) => p.One += leaked.OnHappened);
        Assert.Equal("_named", Reference(report));
    }

    public static TheoryData<string, Action<Reacting>, Action<Reacting>> EventsOfTheRuntime => new()
    {
        {
            "event AppDomain.UnhandledException += EventTests.Reacting.OnUnhandled",
            r => AppDomain.CurrentDomain.UnhandledException += r.OnUnhandled,
            r => AppDomain.CurrentDomain.UnhandledException -= r.OnUnhandled
        },
        {
            "event AppDomain.AssemblyResolve += EventTests.Reacting.OnResolve",
            r => AppDomain.CurrentDomain.AssemblyResolve += r.OnResolve,
            r => AppDomain.CurrentDomain.AssemblyResolve -= r.OnResolve
        },
        {
            "static event NetworkChange.NetworkAddressChanged += EventTests.Reacting.OnHappened",
            r => NetworkChange.NetworkAddressChanged += r.OnHappened,
            r => NetworkChange.NetworkAddressChanged -= r.OnHappened
        },
    };

    [Theory]
    [MemberData(nameof(EventsOfTheRuntime))]
    public void An_event_that_the_runtime_keeps_elsewhere_has_its_public_name(
        string expected,
        Action<Reacting> subscribe,
        Action<Reacting> unsubscribe)
    {
        var made = new WeakReference<Reacting>(null!);
        LifetimeReport report = Leak.Check(() =>
        {
            var reacting = new Reacting();
            made.SetTarget(reacting);
            subscribe(reacting);
            return reacting;
        });
        if (made.TryGetTarget(out Reacting? target)) unsubscribe(target);
        Assert.Equal(expected, report.Paths[0].Root);
    }

    private static LifetimeReport Check<T>(Action<T, Leaked> subscribe)
        where T : class, new()
    {
        LifetimeReport report = Leak.Check(() =>
        {
            var leaked = new Leaked();
            var publisher = new T();
            subscribe(publisher, leaked);
            s_publisher = publisher;
            return leaked;
        });
        s_publisher = null;
        return report;
    }

    private static string Reference(LifetimeReport report) => report.Paths[0].Steps[1].Reference;

    private class Publisher<T>
    {
        private readonly Lock _gate = new();
        private EventHandler? _whoeverWaits;

        public event EventHandler Opened
        {
            add
            {
                lock (_gate) _whoeverWaits += value;
            }

            remove => _whoeverWaits -= value;
        }

        public EventHandler? Callback { get; set; }

        public T? Value { get; init; }
    }

    private interface INotify
    {
        event EventHandler Changed;
    }

    private sealed class Publisher : Publisher<int>, INotify
    {
        private readonly List<EventHandler> _handlers = [];
        private readonly Dictionary<string, EventHandler> _named = [];
        private EventHandler? _waiting;

        event EventHandler INotify.Changed
        {
            add => _waiting += value;
            remove => _waiting -= value;
        }

        public event EventHandler Closed
        {
            add => _inner += value;
            remove => _inner -= value;
        }

        public event EventHandler Added
        {
            add => Add(value);
            remove => _handlers.Remove(value);
        }

        public event EventHandler One
        {
            add => _named["One"] = value;
            remove => _named.Remove("One");
        }

        public event EventHandler Two
        {
            add => _named["Two"] = value;
            remove => _named.Remove("Two");
        }

        private void Add(EventHandler handler) => _handlers.Add(handler);

        private event EventHandler? _inner;

        public void Close() => _inner?.Invoke(this, EventArgs.Empty);
    }

    public sealed class Reacting
    {
        public void OnUnhandled(object sender, UnhandledExceptionEventArgs e) => GC.KeepAlive(this);

        public Assembly? OnResolve(object? sender, ResolveEventArgs e) => null;

        public void OnHappened(object? sender, EventArgs e) => GC.KeepAlive(this);
    }

    private sealed class Button : Component
    {
        private static readonly object s_shown = new();
        private static readonly object s_clicked = new();

        public event EventHandler Shown
        {
            add => Events.AddHandler(s_shown, value);
            remove => Events.RemoveHandler(s_shown, value);
        }

        public event EventHandler Clicked
        {
            add => Events.AddHandler(s_clicked, value);
            remove => Events.RemoveHandler(s_clicked, value);
        }
    }
}
