using System.Diagnostics;
using System.Reactive.Disposables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Serilog.Context;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>Objects that are kept for some time, or together with the state of an operation.</summary>
[Collection(Leak.Collection)]
public sealed class StateTests : IDisposable
{
    private IDisposable? _scope;

    public void Dispose()
    {
        _scope?.Dispose();
        _scope = null;
    }

    [Fact]
    public void A_memory_cache_lets_go_of_a_removed_entry() => Leak.IsMended(
        () => Leak.Hold(new MemoryCache(new MemoryCacheOptions())).Set("key", new Connection()),
        "A memory cache keeps an entry until it is removed or found to have expired: remove it when the Connection is done.",
        () => Leak.Holder<MemoryCache>().Remove("key"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_context_keeps_its_entities_also_when_it_is_disposed(bool isDisposed) => Leak.IsMended(
        () =>
        {
            Database database = Leak.Hold(new Database());
            Connection entity = database.Add(new Connection { Id = 1 }).Entity;
            if (isDisposed) database.Dispose();
            return entity;
        },
        "A DbContext keeps the entities it tracks as long as it lives, disposed or not: let go of it, call " +
        "ChangeTracker.Clear(), or query with AsNoTracking().",
        () =>
        {
            if (isDisposed) Leak.LetGo();
            else Leak.Holder<Database>().ChangeTracker.Clear();
        });

    [Fact]
    public void A_logging_scope_ends() => IsEnded(
        "A logging scope lasts until it is disposed: dispose the IDisposable that BeginScope returned.",
        connection => LoggerFactory.Create(b => b.AddSimpleConsole(o => o.IncludeScopes = true)).CreateLogger("x").BeginScope(connection)!);

    [Fact]
    public void A_logging_scope_of_a_provider_of_loggers_ends() => IsEnded(
        "A logging scope lasts until it is disposed: dispose the IDisposable that BeginScope returned.",
        new LoggerExternalScopeProvider().Push);

    [Fact]
    public void A_property_of_serilog_ends() => IsEnded(
        "A pushed property lasts until it is popped: dispose the IDisposable that LogContext.PushProperty returned.",
        connection => LogContext.PushProperty("connection", connection));

    [Fact]
    public void An_activity_ends() => IsEnded(
        "An Activity stays the current one until it is stopped: stop it, or dispose it.",
        connection => new Activity("work").SetTag("connection", connection).Start());

    [Fact]
    public void A_registered_wait_is_unregistered()
    {
        var never = new ManualResetEvent(initialState: false);
        IsEnded(
            "A registered wait lasts until it is unregistered: call Unregister on the RegisteredWaitHandle that RegisterWaitForSingleObject " +
            "returned, and let go of it.",
            connection =>
            {
                RegisteredWaitHandle wait = ThreadPool.RegisterWaitForSingleObject(
                    never,
                    (state, _) => GC.KeepAlive(state),
                    connection,
                    Timeout.Infinite,
                    executeOnlyOnce: true);
                return Disposable.Create(() => wait.Unregister(null));
            });
    }

    // Only the program holds it: stopping it would not help.
    [Fact]
    public void An_activity_in_a_collection_is_an_element() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new List<Activity>()).Add(new Activity("work").SetTag("connection", connection));
            return connection;
        },
        "An element was added to static field LifetimeMonitoring.Libraries.Tests.Leak.s_holder and never removed: " +
        "remove it when the Connection is done.",
        () => Leak.Holder<List<Activity>>().Clear());

    private void IsEnded(string advice, Func<Connection, IDisposable> begin) => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            _scope = begin(connection);
            return connection;
        },
        advice,
        Dispose);

    private sealed class Database : DbContext
    {
        public DbSet<Connection> Connections => Set<Connection>();

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseInMemoryDatabase("connections");
    }
}
