using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>Clients of servers. No server answers.</summary>
[Collection(Leak.Collection)]
public sealed class ClientTests
{
    [Fact]
    [Leaks(typeof(HubConnectionBuilderHttpExtensions), "a handler of `HubConnection.On` captures it", "`Dispose()` of what `On` returned")]
    public void A_handler_of_a_hub_is_removed()
    {
        IDisposable? handler = null;
        Leak.IsMended(
            () =>
            {
                var connection = new Connection();
                handler = Hub().On<int>("news", connection.OnNext);
                return connection;
            },
            "A HubConnection keeps a handler until it is removed: when the Connection is done, dispose the IDisposable that On "
            + "returned.",
            () =>
            {
                handler!.Dispose();
                handler = null;
            });
    }

    [Fact]
    [Leaks(typeof(HubConnectionBuilderHttpExtensions), "it handles `HubConnection.Closed`", "`-=` the handler")]
    public void A_handler_of_the_end_of_a_hub_is_removed()
    {
        Func<Exception?, Task>? handler = null;
        Leak.IsMended(
            () =>
            {
                var connection = new Connection();
                handler = e =>
                {
                    connection.OnChanged(e, EventArgs.Empty);
                    return Task.CompletedTask;
                };
                Hub().Closed += handler;
                return connection;
            },
            "A lambda in ClientTests.A_handler_of_the_end_of_a_hub_is_removed was added to event Closed of HubConnection and "
            + "never removed: unsubscribe the same delegate when the Connection is done.",
            () =>
            {
                Leak.Holder<HubConnection>().Closed -= handler;
                handler = null;
            });
    }

    [Fact]
    [Leaks(typeof(GrpcChannel), "it is the request of a call that has not ended", "`Dispose()` of the call")]
    public void A_call_is_disposed()
    {
        AsyncServerStreamingCall<Connection>? call = null;
        Leak.IsMended(
            () =>
            {
                var connection = new Connection();
                call = Channel().CreateCallInvoker().AsyncServerStreamingCall(Watch(), null, default, connection);
                return connection;
            },
            "A call keeps its request until it ends: dispose the call, or cancel it, when the Connection is done.",
            () =>
            {
                call!.Dispose();
                call = null;
            });
    }

    [Fact]
    [Leaks(typeof(IHttpClientFactory), "it is a handler of a client from `IHttpClientFactory`", "`SetHandlerLifetime`")]
    public void A_handler_of_http_is_kept_for_its_lifetime() => Leak.IsMended(
        () => Send(TimeSpan.FromMinutes(2)),
        "IHttpClientFactory keeps the handlers of a client for a lifetime of two minutes, and until the client is collected: "
        + "give the client a shorter lifetime with SetHandlerLifetime.",
        () => { },
        mended: () => Send(TimeSpan.FromSeconds(1)));

    // The entry of the handler has the scope, too, in which the handler and its services were made.
    [Fact]
    [Leaks(typeof(IHttpClientFactory), "a handler of a client from `IHttpClientFactory` has it", "`SetHandlerLifetime`")]
    public void A_service_of_a_handler_of_http_is_kept_for_its_lifetime() => Leak.IsMended(
        () => SendWithService(TimeSpan.FromMinutes(2)),
        "IHttpClientFactory keeps the handlers of a client for a lifetime of two minutes, and until the client is collected: "
        + "give the client a shorter lifetime with SetHandlerLifetime.",
        () => { },
        mended: () => SendWithService(TimeSpan.FromSeconds(1)));

    private static Connection SendWithService(TimeSpan lifetime)
    {
        Connection? made = null;
        var services = new ServiceCollection();
        _ = services.AddScoped(_ => made = new Connection()).AddTransient<Tracking>();
        _ = services.AddHttpClient("tracked").AddHttpMessageHandler<Tracking>().SetHandlerLifetime(lifetime);
        using ServiceProvider provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<IHttpClientFactory>().CreateClient("tracked");
        return made!;
    }

    private static Handler Send(TimeSpan lifetime)
    {
        var handler = new Handler();
        var services = new ServiceCollection();
        _ = services.AddHttpClient("silent").ConfigurePrimaryHttpMessageHandler(() => handler).SetHandlerLifetime(lifetime);
        using ServiceProvider provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<IHttpClientFactory>().CreateClient("silent");
        return handler;
    }

    private static HubConnection Hub() => Leak.Hold(new HubConnectionBuilder().WithUrl("http://localhost/news").Build());

    private static GrpcChannel Channel() =>
        Leak.Hold(GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = new Handler() }));

    private static Method<Connection, Connection> Watch() => new(
        MethodType.ServerStreaming,
        "Connections",
        "Watch",
        Marshallers.Create(_ => Array.Empty<byte>(), _ => new Connection()),
        Marshallers.Create(_ => Array.Empty<byte>(), _ => new Connection()));

    private sealed class Tracking(Connection connection) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            connection.OnNext(1);
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Never answers.</summary>
    private sealed class Handler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new HttpResponseMessage();
        }
    }
}
