namespace LifetimeMonitoring.Blame;

/// <summary>The types of .NET, and of the libraries that come with it, that keep objects by design.</summary>
internal static class MicrosoftKeepers
{
    private const string Extensions = "Microsoft.Extensions.", Diagnostics = "System.Diagnostics.",
        EntityFramework = "Microsoft.EntityFrameworkCore.";

    // In order of precedence: the first match wins.
    public static readonly Keeper[] All =
    [
        new(
            Extensions,
            "Caching.Memory.MemoryCache",
            "A memory cache keeps an entry until it is removed or found to have expired: remove it when the {0} "
            + "is done.")
        {
            IsOfProgram = true,
        },
        new(
            Extensions,
            "Caching.Memory.MemoryCache",
            "EF Core caches each query with the constants in it: use a captured variable in place of "
            + "Expression.Constant, so that the query has a parameter for the {0}.")
        {
            Behind = EntityFramework,
        },
        new(
            Extensions,
            "Options.OptionsMonitor",
            "The listener is called until it is disposed: when the {0} is done, dispose the IDisposable that OnChange "
            + "returned."),
        new(
            Extensions,
            "Primitives.ChangeToken+ChangeTokenRegistration",
            "The listener is called until it is disposed: when the {0} is done, dispose the IDisposable that "
            + "ChangeToken.OnChange returned.")
        {
            LastsWhileHeld = true,
        },
        new(
            Extensions,
            "Logging.LoggerExternalScopeProvider+Scope",
            "A logging scope lasts until it is disposed: dispose the IDisposable that BeginScope returned.")
        {
            LastsWhileHeld = true,
        },
        new(
            Extensions,
            "Logging.LoggerFactoryScopeProvider+Scope",
            "A logging scope lasts until it is disposed: dispose the IDisposable that BeginScope returned.")
        {
            LastsWhileHeld = true,
        },
        new(
            Extensions,
            "DependencyInjection.ServiceProvider",
            "A service provider keeps its singletons, and every disposable service that it made, as long as it "
            + "lives: let go of the provider, or register the {1} as scoped and resolve it from a scope.")
        {
            IsOfProgram = true,
            Parts = Extensions + "DependencyInjection.",
        },
        new(
            Extensions,
            "DependencyInjection.ServiceLookup.ServiceProviderEngineScope",
            "A scope keeps its services as long as it lives, disposed or not: resolve the {1} from a scope of its own, "
            + "dispose that scope, and let go of it.")
        {
            IsOfProgram = true,
            Parts = Extensions + "DependencyInjection.",
        },
        new(
            Extensions,
            "Time.Testing.Waiter",
            "A FakeTimeProvider keeps a timer until it is disposed: when the {0} is done, dispose the ITimer that "
            + "CreateTimer returned."),
        new(
            Extensions,
            "Http.ActiveHandlerTrackingEntry",
            "IHttpClientFactory keeps the handlers of a client for a lifetime of two minutes, and until the client is "
            + "collected: give the client a shorter lifetime with SetHandlerLifetime."),
        new(
            "Microsoft.JSInterop.",
            "DotNetObjectReference",
            "A DotNetObjectReference keeps its object until it is disposed: when the {0} is done, dispose it and let go "
            + "of it."),
        new(
            EntityFramework,
            "ChangeTracking.Internal.StateManager",
            "A DbContext keeps the entities it tracks as long as it lives, disposed or not: let go of it, call "
            + "ChangeTracker.Clear(), or query with AsNoTracking()."),
        new(
            EntityFramework,
            "Internal.ServiceProviderCache",
            "EF Core keeps a service provider for each different set of options, with these options, as long as the "
            + "program runs: give the same objects to the options each time, or call "
            + "EnableServiceProviderCaching(false)."),
        new(
            "System.Threading.Tasks.Dataflow.Internal.",
            "TargetRegistry+LinkedTargetInfo",
            "A link between blocks lasts until it is disposed: when the {0} is done, dispose the IDisposable that LinkTo "
            + "returned."),
        new(
            "System.ComponentModel.",
            "PropertyDescriptor",
            "A handler that AddValueChanged added is kept until it is removed: call RemoveValueChanged when the {0} is "
            + "done."),
        new(
            "System.Text.Json.",
            "JsonSerializerOptions+CachingContext",
            "JsonSerializerOptions keep their findings about a type as long as they live, by design: use other "
            + "options for types that are to be unloaded."),
        new(
            "System.Threading.",
            "Thread",
            "A thread keeps its SynchronizationContext until another one is set: call "
            + "SynchronizationContext.SetSynchronizationContext(null) on that thread when the {0} is done.")
        {
            Member = Naming.Rules.Concurrency.SynchronizationContext,
        },
        new(
            Diagnostics,
            "ActivityListener",
            "An ActivityListener listens until it is disposed: dispose it when the {0} is done.")
        {
            LastsWhileHeld = true,
        },
        new(
            "System.Threading.",
            "SemaphoreSlim",
            "A semaphore keeps a waiter until it is released to it, or the token of the wait is canceled: give the wait a "
            + "CancellationToken, and cancel it when the wait is given up.")
        {
            Member = "waiter",
        },
        new(
            "System.Threading.RateLimiting.",
            "DefaultPartitionedRateLimiter",
            "A PartitionedRateLimiter keeps the keys of its partitions: partition by a value that does not lead to the {0}, "
            + "such as its id.")
        {
            Element = "key",
        },
        new(
            "System.Runtime.Caching.",
            "MemoryCacheStore",
            "A memory cache keeps an entry until it is removed or has expired: remove it, or dispose the cache, when the {0} is "
            + "done."),
        new(
            "Microsoft.AspNetCore.SignalR.Client.",
            "HubConnection",
            "A HubConnection keeps a handler until it is removed: when the {0} is done, dispose the IDisposable that On "
            + "returned.")
        {
            Member = "_handlers",
        },
        new(
            "System.Threading.",
            "RegisteredWaitHandle",
            "A registered wait lasts until it is unregistered: call Unregister on the RegisteredWaitHandle "
            + "that RegisterWaitForSingleObject returned, and let go of it."),
        new(
            Diagnostics,
            "Activity",
            "An Activity stays the current one until it is stopped: stop it, or dispose it.")
        {
            LastsWhileHeld = true,
        },
    ];
}
