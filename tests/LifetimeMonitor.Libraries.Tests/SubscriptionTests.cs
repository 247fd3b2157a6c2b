using System.Diagnostics;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using CommunityToolkit.Mvvm.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LifetimeMonitoring.Libraries.Tests;

[Collection(Leak.Collection)]
public sealed class SubscriptionTests : IDisposable
{
    private const string Observed =
        "An observer is kept until its subscription is disposed: when the Connection is done, dispose the IDisposable that Subscribe returned.";
    private static readonly Subject<int> s_ticks = new();
    private static readonly Ticker s_ticker = new();
    private static readonly ConfigurationManager s_configuration = new();
    private IDisposable? _subscription;

    // A holder of a subscription also holds its targets, even when it is disposed.
    public void Dispose()
    {
        _subscription?.Dispose();
        _subscription = null;
    }

    [Fact]
    [Leaks(typeof(Subject<int>), "a callback subscribes to a subject", "`Dispose()` of the subscription")]
    public void A_subject_lets_go_when_the_subscription_is_disposed() =>
        IsMended(Observed, connection => s_ticks.Subscribe(connection.OnNext));

    [Fact]
    [Leaks(typeof(Subject<int>), "a callback subscribes behind operators", "`Dispose()` of the subscription")]
    public void Operators_let_go_when_the_subscription_is_disposed() => IsMended(
        Observed,
        connection => s_ticks.Where(x => x > 1).Select(x => x + 1).Subscribe(x => connection.OnNext(x)));

    [Fact]
    [Leaks(typeof(Subject<int>), "a callback subscribes to `Observable.Interval`", "`Dispose()` of the subscription")]
    public void A_timer_of_rx_lets_go_when_the_subscription_is_disposed() => IsMended(
        Observed,
        connection => Observable.Interval(TimeSpan.FromHours(1)).Subscribe(_ => connection.OnNext(1)));

    [Fact]
    [Leaks(typeof(IObservable<int>), "an observer of an `IObservable` of the program leads to it", "`Dispose()` of the subscription")]
    public void Whose_observable_it_is_does_not_matter() => IsMended(Observed, connection => s_ticker.Subscribe(new Forwarder(connection)));

    [Fact]
    [Leaks(typeof(IObservable<int>), "it observes an `IObservable` of the program", "`Dispose()` of the subscription")]
    public void An_object_that_observes_is_let_go_of_in_the_same_way() => Leak.IsMended(
        () =>
        {
            var forwarder = new Forwarder(new Connection());
            _subscription = s_ticker.Subscribe(forwarder);
            return forwarder;
        },
        "An observer is kept until its subscription is disposed: when the Forwarder is done, dispose the IDisposable that Subscribe returned.",
        Dispose);

    // It has no subscription.
    [Fact]
    [Leaks(typeof(IObservable<int>), "an observer is in a list, without a subscription", "`Clear()` of the list")]
    public void An_observer_in_a_list_is_an_element() => Leak.IsMended(
        () =>
        {
            var forwarder = new Forwarder(new Connection());
            Leak.Hold(new List<Forwarder>()).Add(forwarder);
            return forwarder;
        },
        "An element was added to static field LifetimeMonitoring.Libraries.Tests.Leak.s_holder and never removed: " +
        "remove it when the Forwarder is done.",
        () => Leak.Holder<List<Forwarder>>().Clear());

    [Fact]
    [Leaks(typeof(DiagnosticListener), "a callback subscribes to `DiagnosticListener.AllListeners`", "`Dispose()` of the subscription")]
    public void A_subscription_to_all_listeners_is_one_too() => IsMended(
        Observed,
        connection => DiagnosticListener.AllListeners.Subscribe(listener => GC.KeepAlive((listener, connection))));

    [Fact]
    [Leaks(typeof(ActivityListener), "a callback of an `ActivityListener` captures it", "`Dispose()` of the listener")]
    public void An_activity_listener_is_disposed() => IsMended(
        "An ActivityListener listens until it is disposed: dispose it when the Connection is done.",
        connection =>
        {
            var listener = new ActivityListener { ActivityStarted = a => GC.KeepAlive((a, connection)) };
            ActivitySource.AddActivityListener(listener);
            return listener;
        });

    // It listens to nothing: disposing it would not help.
    [Fact]
    [Leaks(typeof(ActivityListener), "a static field holds an `ActivityListener` that listens to nothing", "let go of the listener")]
    public void A_listener_that_the_program_keeps_is_a_delegate_like_any_other() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new ActivityListener { ActivityStarted = a => GC.KeepAlive((a, connection)) });
            return connection;
        },
        "A delegate keeps its target alive: let go of the delegate when the Connection is done.",
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(IOptionsMonitor<Connection>), "a callback is given to `IOptionsMonitor.OnChange`", "`Dispose()` of the listener")]
    public void A_listener_to_options_is_disposed() => IsMended(
        "The listener is called until it is disposed: when the Connection is done, dispose the IDisposable that OnChange returned.",
        connection => Leak.Hold(new ServiceCollection().AddOptions<Connection>().Services.BuildServiceProvider())
            .GetRequiredService<IOptionsMonitor<Connection>>()
            .OnChange((o, _) => connection.OnNext(o.Id))!);

    [Fact]
    [Leaks(typeof(ChangeToken), "a callback is given to `ChangeToken.OnChange`", "`Dispose()` of the listener")]
    public void A_listener_to_a_configuration_is_disposed() => IsMended(
        "The listener is called until it is disposed: when the Connection is done, dispose the IDisposable that ChangeToken.OnChange returned.",
        connection => ChangeToken.OnChange(((IConfiguration)s_configuration).GetReloadToken, () => connection.OnNext(1)));

    [Fact]
    [Leaks(typeof(StrongReferenceMessenger), "a recipient is registered with `StrongReferenceMessenger`", "`UnregisterAll(recipient)`")]
    public void A_recipient_of_messages_is_unregistered() => IsMended(
        "This messenger keeps its recipients until they are unregistered: call UnregisterAll when the Connection " +
        "is done.",
        connection =>
        {
            var recipient = new WeakReference(connection);
            StrongReferenceMessenger messenger = Leak.Hold(new StrongReferenceMessenger());
            messenger.Register<Connection, string>(connection, (c, _) => c.OnNext(1));
            return Disposable.Create(() => messenger.UnregisterAll(recipient.Target!));
        });

    private void IsMended(string advice, Func<Connection, IDisposable> subscribe) => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            _subscription = subscribe(connection);
            return connection;
        },
        advice,
        Dispose);

    /// <summary>An observable that the program itself implements.</summary>
    private sealed class Ticker : IObservable<int>
    {
        private readonly List<IObserver<int>> _observers = [];

        public IDisposable Subscribe(IObserver<int> observer)
        {
            _observers.Add(observer);
            return Disposable.Create(() => _observers.Remove(observer));
        }
    }

    private sealed class Forwarder(Connection connection) : IObserver<int>
    {
        public void OnCompleted() => connection.OnNext(0);

        public void OnError(Exception error) => connection.OnChanged(error, EventArgs.Empty);

        public void OnNext(int value) => connection.OnNext(value);
    }
}
