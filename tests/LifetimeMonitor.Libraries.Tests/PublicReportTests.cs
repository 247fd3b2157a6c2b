using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Threading.RateLimiting;
using CommunityToolkit.Mvvm.Messaging;
using LifetimeMonitoring.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.ObjectPool;
using Microsoft.Extensions.Time.Testing;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>
/// Kinds of leaks that public reports showed (benchmarks/results/public-reports.md): the mark and the sentence.
/// </summary>
[Collection(Leak.Collection)]
public sealed class PublicReportTests : IDisposable
{
    private static readonly Connection s_recipient = new();
    private static readonly WeakReference<Kept?> s_kept = new(null);
    private static IDisposable? s_subscription;

    public void Dispose()
    {
        s_subscription?.Dispose();
        s_subscription = null;
    }

    [Fact]
    public void A_handler_of_an_event_is_unsubscribed_also_where_the_library_keeps_entities_beside_it() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new Database()).ChangeTracker.StateChanged += connection.OnChanged;
            return connection;
        },
        "Connection.OnChanged was added to event StateChanged of StateManager and never removed: unsubscribe when the " +
        "Connection is done.",
        Leak.LetGo);

    [Fact]
    public void A_handler_of_a_weak_messenger_lasts_as_long_as_its_recipient() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            WeakReferenceMessenger.Default.Register<string>(s_recipient, (_, _) => connection.OnNext(0));
            return connection;
        },
        "A messenger keeps a handler as long as its recipient lives: unregister the recipient when the Connection is done, " +
        "or let the handler capture less than the Connection.",
        () => WeakReferenceMessenger.Default.UnregisterAll(s_recipient));

    [Fact]
    public void A_timer_of_a_fake_clock_is_disposed() => Leak.IsMended(
        () =>
        {
            var kept = new Kept();
            kept.Item = Leak.Hold(new FakeTimeProvider()).CreateTimer(_ => GC.KeepAlive(_), kept, TimeSpan.FromDays(1), TimeSpan.Zero);
            s_kept.SetTarget(kept);
            return kept;
        },
        "A FakeTimeProvider keeps a timer until it is disposed: when the Kept is done, dispose the ITimer that CreateTimer returned.",
        () =>
        {
            Assert.True(s_kept.TryGetTarget(out Kept? kept));
            ((ITimer)kept.Item!).Dispose();
        });

    [Fact]
    public void An_object_lets_go_before_it_returns_to_its_pool() => Leak.IsMended(
        () =>
        {
            ObjectPool<Kept> pool = Leak.Hold(new DefaultObjectPoolProvider().Create<Kept>());
            Kept kept = pool.Get();
            var connection = new Connection();
            kept.Item = connection;
            pool.Return(kept);
            return connection;
        },
        "An object was returned to its ObjectPool with the Connection in it: clear that reference before the object is " +
        "returned, or in the Return method of the pool's policy.",
        () => Leak.Holder<ObjectPool<Kept>>().Get().Item = null);

    [Fact]
    public void A_limiter_that_only_its_own_timer_holds_is_disposed() => Leak.IsMended(
        () => new Limited(),
        "The PartitionedRateLimiter<string> keeps it: when the Limited is done, dispose the PartitionedRateLimiter<string>.",
        () => Limited.Last?.Dispose());

    [Fact]
    public void An_object_that_the_program_knows_as_disposable_is_disposed_and_let_go_of() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            s_subscription = DefaultScheduler.Instance.Schedule(connection, TimeSpan.FromDays(1), (_, _) => Disposable.Empty);
            return connection;
        },
        "The IDisposable in static field LifetimeMonitoring.Libraries.Tests.PublicReportTests.s_subscription keeps it: " +
        "when the Connection is done, dispose it and let go of it.",
        Dispose);

    [Fact]
    public void A_subject_inside_an_observable_is_not_a_subscription()
    {
        using var source = new Subject<object>();
        LifetimeReport report = Report(() =>
        {
            IObservable<object> replay = Leak.Hold(source.Replay(1).RefCount());
            var connection = new Connection();
            using IDisposable subscription = replay.Subscribe(_ => { });
            source.OnNext(connection);
            return connection;
        });
        Assert.DoesNotContain("subscription", report.Paths[0].Advice ?? "", StringComparison.Ordinal);
    }

    private static LifetimeReport Report(Func<object> leak)
    {
        LifetimeReport report = LifeTimeMonitor.Track(leak).Check();
        Leak.LetGo();
        Assert.NotEmpty(report.Paths);
        return report;
    }

    private sealed class Limited
    {
        private static WeakReference<PartitionedRateLimiter<string>>? s_last;
        private readonly PartitionedRateLimiter<string> _limiter;
        private int _count;

        public Limited()
        {
            _limiter = PartitionedRateLimiter.Create<string, string>(r => RateLimitPartition.GetNoLimiter($"{r}{_count++}"));
            s_last = new WeakReference<PartitionedRateLimiter<string>>(_limiter);
        }

        public static PartitionedRateLimiter<string>? Last => s_last?.TryGetTarget(out PartitionedRateLimiter<string>? last) == true ? last : null;
    }

    private sealed class Kept
    {
        public object? Item { get; set; }
    }

    private sealed class Database : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseInMemoryDatabase("reports");
    }
}
