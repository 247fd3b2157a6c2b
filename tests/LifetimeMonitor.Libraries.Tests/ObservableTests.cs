using R3;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>R3 has the same words as System.Reactive, and other types.</summary>
[Collection(Leak.Collection)]
public sealed class ObservableTests : IDisposable
{
    private const string Observed =
        "An observer is kept until its subscription is disposed: when the Connection is done, dispose the IDisposable that Subscribe returned.";
    private static readonly Subject<int> s_ticks = new();
    private static readonly ReactiveProperty<int> s_size = new(1);
    private IDisposable? _subscription;

    public void Dispose()
    {
        _subscription?.Dispose();
        _subscription = null;
    }

    [Fact]
    [Leaks(typeof(Subject<int>), "a callback subscribes to a subject", "`Dispose()` of the subscription")]
    public void A_subject_of_r3_lets_go_when_the_subscription_is_disposed() =>
        IsMended(Observed, connection => s_ticks.Subscribe(connection.OnNext));

    [Fact]
    [Leaks(typeof(Subject<int>), "a callback subscribes behind operators", "`Dispose()` of the subscription")]
    public void Operators_of_r3_let_go_when_the_subscription_is_disposed() =>
        IsMended(Observed, connection => s_ticks.Where(x => x > 1).Select(x => x + 1).Subscribe(connection.OnNext));

    [Fact]
    [Leaks(typeof(Subject<int>), "a callback subscribes to a `ReactiveProperty`", "`Dispose()` of the subscription")]
    public void A_reactive_property_lets_go_when_the_subscription_is_disposed() =>
        IsMended(Observed, connection => s_size.Subscribe(connection.OnNext));

    [Fact]
    [Leaks(typeof(Subject<int>), "a callback subscribes to `Observable.Interval`", "`Dispose()` of the subscription")]
    public void A_timer_of_r3_lets_go_when_the_subscription_is_disposed() =>
        IsMended(Observed, connection => Observable.Interval(TimeSpan.FromHours(1)).Subscribe(_ => connection.OnNext(1)));

    private void IsMended(string advice, Func<Connection, IDisposable> subscribe) => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            _subscription = subscribe(connection);
            return connection;
        },
        advice,
        Dispose);
}
