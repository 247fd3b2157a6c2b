using System.Diagnostics;
using System.Reactive.Disposables;
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
    [Leaks(typeof(MemoryCache), "a value is set in a `MemoryCache`", "`Remove(key)`")]
    public void A_memory_cache_lets_go_of_a_removed_entry() => Leak.IsMended(
        () => Leak.Hold(new MemoryCache(new MemoryCacheOptions())).Set("key", new Connection()),
        "A memory cache keeps an entry until it is removed or found to have expired: remove it when the Connection is done.",
        () => Leak.Holder<MemoryCache>().Remove("key"));

    [Fact]
    [Leaks(typeof(System.Runtime.Caching.MemoryCache), "a value is added to a `MemoryCache`", "`Remove(key)`")]
    public void The_older_memory_cache_lets_go_of_a_removed_entry() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new System.Runtime.Caching.MemoryCache("connections")).Add("key", connection, DateTimeOffset.Now.AddDays(1));
            return connection;
        },
        "A memory cache keeps an entry until it is removed or has expired: remove it, or dispose the cache, when the Connection "
        + "is done.",
        () => Leak.Holder<System.Runtime.Caching.MemoryCache>().Remove("key"));

    [Fact]
    [Leaks(typeof(LoggerFactory), "`ILogger.BeginScope` has it as its state", "`Dispose()` of the scope")]
    public void A_logging_scope_ends() => IsEnded(
        "A logging scope lasts until it is disposed: dispose the IDisposable that BeginScope returned.",
        connection => LoggerFactory.Create(b => b.AddSimpleConsole(o => o.IncludeScopes = true)).CreateLogger("x").BeginScope(connection)!);

    [Fact]
    [Leaks(typeof(LoggerExternalScopeProvider), "`IExternalScopeProvider.Push` has it as its state", "`Dispose()` of the scope")]
    public void A_logging_scope_of_a_provider_of_loggers_ends() => IsEnded(
        "A logging scope lasts until it is disposed: dispose the IDisposable that BeginScope returned.",
        new LoggerExternalScopeProvider().Push);

    [Fact]
    [Leaks(typeof(LogContext), "`LogContext.PushProperty` has it as its value", "`Dispose()` of the property")]
    public void A_property_of_serilog_ends() => IsEnded(
        "A pushed property lasts until it is popped: dispose the IDisposable that LogContext.PushProperty returned.",
        connection => LogContext.PushProperty("connection", connection));

    [Fact]
    [Leaks(typeof(Activity), "a tag of the current `Activity` has it", "`Dispose()` of the activity")]
    public void An_activity_ends() => IsEnded(
        "An Activity stays the current one until it is stopped: stop it, or dispose it.",
        connection => new Activity("work").SetTag("connection", connection).Start());

    [Fact]
    [Leaks(typeof(ThreadPool), "it is the state of `ThreadPool.RegisterWaitForSingleObject`", "`Unregister(null)`")]
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
    [Leaks(typeof(Activity), "a list holds an `Activity` that was not started", "`Clear()` of the list")]
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
}
