using MassTransit;
using MediatR;
using StackExchange.Redis;

namespace LifetimeMonitoring.Libraries.Tests;

[Collection(Leak.Collection)]
public sealed class MessagingTests
{
    [Fact]
    [Leaks(typeof(InMemoryConfigurationExtensions), "it observes the messages that a bus publishes", "`Disconnect()` of the `ConnectHandle`")]
    public void An_observer_of_a_bus_is_disconnected()
    {
        ConnectHandle? handle = null;
        Leak.IsMended(
            () =>
            {
                var observer = new Observer();
                handle = Leak.Hold(Bus.Factory.CreateUsingInMemory(_ => { })).ConnectPublishObserver(observer);
                return observer;
            },
            "A bus keeps it until it is disconnected: when the Observer is done, call Disconnect on the ConnectHandle that the "
            + "connecting method returned.",
            () =>
            {
                handle!.Disconnect();
                handle = null;
            });
    }

    [Fact]
    [Leaks(typeof(InMemoryConfigurationExtensions), "a handler of messages is connected to a bus", "`Disconnect()` of the `ConnectHandle`")]
    public void A_handler_of_messages_of_a_bus_is_disconnected()
    {
        ConnectHandle? handle = null;
        Leak.IsMended(
            () =>
            {
                var connection = new Connection();
                handle = Leak.Hold(Bus.Factory.CreateUsingInMemory(_ => { })).ConnectHandler<Message>(_ =>
                {
                    connection.OnNext(1);
                    return Task.CompletedTask;
                });
                return connection;
            },
            "A bus keeps it until it is disconnected: when the Connection is done, call Disconnect on the ConnectHandle that the "
            + "connecting method returned.",
            () =>
            {
                handle!.Disconnect();
                handle = null;
            });
    }

    [Fact]
    [Leaks(typeof(Mediator), "it is a notification, and a handler of it waits for a task", "let go of the task")]
    public void A_notification_is_kept_while_its_handlers_wait() => Leak.IsMended(
        () =>
        {
            var message = new Message();
            var handler = new Handler(Leak.Hold(new TaskCompletionSource()).Task);
            _ = new Mediator(type => type == typeof(IEnumerable<INotificationHandler<Message>>)
                ? new INotificationHandler<Message>[] { handler }
                : Array.Empty<object>()).Publish(message);
            return message;
        },
        "A static field lives as long as the program, and so does every object that it leads to: let go of one of these "
        + "references when the Message is done.",
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(Mediator), "the `ServiceFactory` of a mediator captures it", "let go of the mediator")]
    public void A_mediator_keeps_its_factory() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            _ = Leak.Hold(new Mediator(type => (type, connection)));
            return connection;
        },
        "A static field lives as long as the program, and so does every object that it leads to: let go of one of these "
        + "references when the Connection is done.",
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(ConnectionMultiplexer), "it handles `ConnectionFailed`", "`-=` the handler")]
    public void A_handler_of_a_multiplexer_is_removed()
    {
        EventHandler<ConnectionFailedEventArgs>? handler = null;
        using ConnectionMultiplexer redis = Redis();
        Leak.IsMended(
            () =>
            {
                var connection = new Connection();
                redis.ConnectionFailed += handler = connection.OnChanged;
                return connection;
            },
            "Connection.OnChanged was added to event ConnectionFailed of ConnectionMultiplexer and never removed: unsubscribe "
            + "when the Connection is done.",
            () =>
            {
                redis.ConnectionFailed -= handler;
                handler = null;
            });
    }

    [Fact]
    [Leaks(typeof(ConnectionMultiplexer), "a handler of a channel captures it", "`Unsubscribe` of the channel")]
    public void A_channel_is_unsubscribed()
    {
        using ConnectionMultiplexer redis = Redis();
        Leak.IsMended(
            () =>
            {
                var connection = new Connection();
                redis.GetSubscriber().Subscribe(RedisChannel.Literal("news"), (_, _) => connection.OnNext(1), CommandFlags.FireAndForget);
                return connection;
            },
            "A multiplexer keeps the handlers of a channel until they are unsubscribed: call Unsubscribe on the ISubscriber "
            + "when the Connection is done.",
            () => redis.GetSubscriber().Unsubscribe(RedisChannel.Literal("news"), null, CommandFlags.FireAndForget));
    }

    // Nothing answers there.
    private static ConnectionMultiplexer Redis() =>
        Leak.Hold(ConnectionMultiplexer.Connect("127.0.0.1:1,abortConnect=false,connectTimeout=100,connectRetry=0"));

    public sealed class Message : INotification;

    private sealed class Handler(Task end) : INotificationHandler<Message>
    {
        public Task Handle(Message notification, CancellationToken cancellationToken) => end;
    }

    private sealed class Observer : IPublishObserver
    {
        public Task PrePublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
