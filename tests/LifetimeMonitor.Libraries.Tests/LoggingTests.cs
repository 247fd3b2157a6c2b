using NLog;
using NLog.Config;
using NLog.Targets;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace LifetimeMonitoring.Libraries.Tests;

[Collection(Leak.Collection)]
public sealed class LoggingTests : IDisposable
{
    private IDisposable? _scope;

    public void Dispose()
    {
        _scope?.Dispose();
        _scope = null;
    }

    [Fact]
    [Leaks(typeof(ScopeContext), "`ScopeContext.PushProperty` has it as its value", "`Dispose()` of the property")]
    public void A_property_of_nlog_ends() => IsEnded(
        "A pushed property lasts until it is popped: dispose the IDisposable that ScopeContext.PushProperty returned.", connection => ScopeContext.PushProperty("connection", connection));

    [Fact]
    [Leaks(typeof(ScopeContext), "`ScopeContext.PushNestedState` has it as its state", "`Dispose()` of the state")]
    public void A_nested_state_of_nlog_ends() => IsEnded(
        "A pushed state lasts until it is popped: dispose the IDisposable that ScopeContext.PushNestedState returned.", connection => ScopeContext.PushNestedState(connection));

    [Fact]
    [Leaks(typeof(GlobalDiagnosticsContext), "`GlobalDiagnosticsContext.Set` has it as its value", "`GlobalDiagnosticsContext.Remove(item)`")]
    public void A_global_property_of_nlog_is_removed() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            GlobalDiagnosticsContext.Set("connection", connection);
            return connection;
        },
        "GlobalDiagnosticsContext keeps it: call its Remove when the Connection is done.",
        () => GlobalDiagnosticsContext.Remove("connection"));

    [Fact]
    [Leaks(typeof(LogManager), "a target of the configuration has it", "`LogManager.Configuration = null`")]
    public void A_target_of_nlog_goes_with_the_configuration() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            var configuration = new LoggingConfiguration();
            configuration.AddRuleForAllLevels(new MethodCallTarget("call", (e, _) => connection.OnNext(e.Level.Ordinal)));
            LogManager.Configuration = configuration;
            return connection;
        },
        "A configuration keeps its targets as long as it is in use: call RemoveTarget on it, or set LogManager.Configuration "
        + "to null, when the Connection is done.",
        () => LogManager.Configuration = null);

    [Fact]
    [Leaks(typeof(LogManager), "a target of the configuration has it", "`RemoveTarget(name)` of the configuration")]
    public void A_target_of_nlog_is_removed_from_the_configuration() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            var configuration = new LoggingConfiguration();
            configuration.AddRuleForAllLevels(new MethodCallTarget("call", (e, _) => connection.OnNext(e.Level.Ordinal)));
            LogManager.Configuration = configuration;
            return connection;
        },
        "A configuration keeps its targets as long as it is in use: call RemoveTarget on it, or set LogManager.Configuration "
        + "to null, when the Connection is done.",
        () => LogManager.Configuration!.RemoveTarget("call"));

    [Fact]
    [Leaks(typeof(Log), "a sink of `Log.Logger` has it", "`Log.CloseAndFlush()`")]
    public void A_sink_of_serilog_goes_with_the_logger() => Leak.IsMended(
        () =>
        {
            var sink = new Sink();
            Log.Logger = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger();
            return sink;
        },
        "A logger keeps its sinks as long as it lives: call Log.CloseAndFlush(), or let go of the logger, when the Sink is done.",
        Log.CloseAndFlush);

    private void IsEnded(string advice, Func<Connection, IDisposable> begin) => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            _scope = begin(connection);
            return connection;
        },
        advice,
        Dispose);

    private sealed class Sink : ILogEventSink
    {
        public void Emit(LogEvent logEvent)
        {
        }
    }
}
