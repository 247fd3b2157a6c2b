namespace LifetimeMonitoring.Blame;

/// <summary>The types of other libraries that keep objects by design.</summary>
internal static class CommunityKeepers
{
    // In order of precedence: the first match wins.
    public static readonly Keeper[] All =
    [
        new(
            "Serilog.",
            "Context.EnricherStack",
            "A pushed property lasts until it is popped: dispose the IDisposable that LogContext.PushProperty returned.")
        {
            LastsWhileHeld = true,
        },
        new(
            "NLog.",
            "Internal.ScopeContextPropertyAsyncState",
            "A pushed property lasts until it is popped: dispose the IDisposable that ScopeContext.PushProperty returned.")
        {
            LastsWhileHeld = true,
        },
        new(
            "NLog.",
            "Internal.ScopedContextNestedAsyncState",
            "A pushed state lasts until it is popped: dispose the IDisposable that ScopeContext.PushNestedState returned.")
        {
            LastsWhileHeld = true,
        },
        new(
            "NLog.",
            "Internal.ScopeContextAsyncState",
            "A pushed property lasts until it is popped: dispose the IDisposable that the Push method returned.")
        {
            LastsWhileHeld = true,
        },
        new(
            "NLog.",
            "Config.LoggingConfiguration",
            "A configuration keeps its targets as long as it is in use: call RemoveTarget on it, or set "
            + "LogManager.Configuration to null, when the {0} is done."),
        new(
            "Serilog.",
            "Core.Logger",
            "A logger keeps its sinks as long as it lives: call Log.CloseAndFlush(), or let go of the logger, when the "
            + "{0} is done."),
        new(
            "Quartz.",
            "Core.ListenerManagerImpl",
            "A scheduler keeps a listener until it is removed: call the Remove method of its kind on the "
            + "ListenerManager when the {0} is done."),
        new(
            "Quartz.",
            "Impl.RAMJobStore",
            "A scheduler keeps a job, with its JobDataMap, until the job is deleted: call DeleteJob when the {0} is "
            + "done."),
        new(
            "Quartz.",
            "Simpl.RAMJobStore", // before Quartz 4
            "A scheduler keeps a job, with its JobDataMap, until the job is deleted: call DeleteJob when the {0} is "
            + "done."),
        new(
            "MassTransit.",
            "Util.Connectable",
            "A bus keeps it until it is disconnected: when the {0} is done, call Disconnect on the ConnectHandle that the "
            + "connecting method returned."),
        new(
            "StackExchange.Redis.",
            "ConnectionMultiplexer+Subscription",
            "A multiplexer keeps the handlers of a channel until they are unsubscribed: call Unsubscribe on the "
            + "ISubscriber when the {0} is done."),
        new(
            "Grpc.Net.Client.",
            "Internal.PushUnaryContent",
            "A call keeps its request until it ends: dispose the call, or cancel it, when the {0} is done."),
        new(
            "Akka.",
            "Actor.ActorCell",
            "An actor, with all that it refers to, lives until it is stopped: call Stop on its ActorSystem or Context when the "
            + "{0} is done.")
        {
            Member = "Actor",
        },
        new(
            "Avalonia.",
            "Threading.Dispatcher",
            "A DispatcherTimer is kept while it runs: call its Stop when the {0} is done.")
        {
            Member = "_timers",
        },
        new(
            "Bunit.",
            "Rendering.BunitRenderer",
            "A BunitContext keeps the components that it rendered: call DisposeComponentsAsync() when the {0} is done."),
        new(
            "Autofac.",
            "Core.Lifetime.LifetimeScope",
            "A lifetime scope keeps its shared services, and every disposable service that it made, until it is "
            + "disposed: dispose the scope when the {0} is done, or resolve the {0} from a scope of its own."),
        new(
            "CommunityToolkit.Mvvm.",
            "Messaging.StrongReferenceMessenger",
            "This messenger keeps its recipients until they are unregistered: call UnregisterAll when the {0} is "
            + "done."),
        new(
            "CommunityToolkit.Mvvm.",
            "Messaging.Internals.MessageHandlerDispatcher",
            "A messenger keeps a handler as long as its recipient lives: unregister the recipient when the {0} is done, or "
            + "let the handler capture less than the {0}."),
        new(
            "Moq.",
            "InvocationCollection",
            "A mock records its calls with their arguments: call Invocations.Clear() on it, or let go of the "
            + "mock."),
        new(
            "Moq.",
            "SetupCollection",
            "A mock keeps its setups, with the values that they return and capture: call Reset() on it, or let go of the "
            + "mock."),
        new(
            "Moq.",
            "EventHandlerCollection",
            "A mock keeps the handlers of its events: unsubscribe when the {0} is done, or let go of the mock."),
        new(
            "NSubstitute.",
            "Core.ThreadLocalContext",
            "Each thread keeps the last call that it made to a substitute, with its arguments: make another one, "
            + "without the {0}, before the check."),
        new(
            "NSubstitute.",
            "Core.Call",
            "A substitute records its calls with their arguments, and the first one of each type is kept for "
            + "ever: call ClearReceivedCalls() on it."),
        new(
            "FakeItEasy.",
            "Core.CompletedFakeObjectCall",
            "A fake records its calls with their arguments: call Fake.ClearRecordedCalls on it, or let go of the "
            + "fake."),
        new(
            "Castle.DynamicProxy.",
            "ProxyGenerationOptions",
            "DynamicProxy keeps the options of the first proxy of each type as long as the program runs: give it "
            + "options that do not lead to the {0}."),
    ];
}
