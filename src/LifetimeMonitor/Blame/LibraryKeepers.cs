using System.Globalization;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>
/// The objects that well-known libraries keep by design, and the calls that make them let go. The tests in
/// LifetimeMonitor.Libraries.Tests follow each sentence of advice with the library itself, and it frees the object.
/// </summary>
internal static class LibraryKeepers
{
    private const string Extensions = "Microsoft.Extensions.", Diagnostics = "System.Diagnostics.",
        EntityFramework = "Microsoft.EntityFrameworkCore.";

    // In order of precedence: the first match wins.
    private static readonly Keeper[] s_all =
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
            "The listener is called until it is disposed: dispose the IDisposable that OnChange returned when the {0} is "
            + "done."),
        new(
            Extensions,
            "Primitives.ChangeToken+ChangeTokenRegistration",
            "The listener is called until it is disposed: dispose the IDisposable that ChangeToken.OnChange returned "
            + "when the {0} is done.")
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
            "A scope keeps its services as long as it lives, disposed or not: dispose it and let go of it when "
            + "the {0} is done.")
        {
            IsOfProgram = true,
            Parts = Extensions + "DependencyInjection.",
        },
        new(
            Extensions,
            "Time.Testing.Waiter",
            "A FakeTimeProvider keeps a timer until it is disposed: dispose the ITimer that CreateTimer returned when the "
            + "{0} is done."),
        new(
            "Serilog.",
            "Context.EnricherStack",
            "A pushed property lasts until it is popped: dispose the IDisposable that LogContext.PushProperty returned.")
        {
            LastsWhileHeld = true,
        },
        new(
            "NLog.",
            "Internal.ScopeContextAsyncState",
            "A pushed property lasts until it is popped: dispose the IDisposable that PushProperty returned.")
        {
            LastsWhileHeld = true,
        },
        new(
            "Quartz.",
            "Simpl.RAMJobStore",
            "A scheduler keeps its jobs, with their data, until they are deleted: call DeleteJob when the {0} is done."),
        new(
            "StackExchange.Redis.",
            "ConnectionMultiplexer+Subscription",
            "A subscription keeps its handler until it is unsubscribed: call Unsubscribe when the {0} is done."),
        new(
            "Autofac.",
            "Core.Lifetime.LifetimeScope",
            "A lifetime scope keeps its shared services, and every disposable service that it made, until it is "
            + "disposed: dispose the scope when the {0} is done, or resolve the {0} from a scope of its own."),
        new(
            EntityFramework,
            "ChangeTracking.Internal.StateManager",
            "A DbContext keeps the entities it tracks as long as it lives, disposed or not: let go of it, call "
            + "ChangeTracker.Clear(), or query with AsNoTracking()."),
        new(
            "CommunityToolkit.Mvvm.",
            "Messaging.StrongReferenceMessenger",
            "This messenger keeps its recipients until they are unregistered: call UnregisterAll when the {0} is "
            + "done, or use WeakReferenceMessenger."),
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
            EntityFramework,
            "Internal.ServiceProviderCache",
            "EF Core keeps a service provider for each different set of options, with these options, as long as the "
            + "program runs: give the same objects to the options each time, or call "
            + "EnableServiceProviderCaching(false)."),
        new(
            "System.Threading.Tasks.Dataflow.Internal.",
            "TargetRegistry+LinkedTargetInfo",
            "A link between blocks lasts until it is disposed: dispose the IDisposable that LinkTo returned when the {0} "
            + "is done."),
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
            "SemaphoreSlim",
            "A semaphore keeps a waiter until it is released to it, or the token of the wait is canceled: give the wait a "
            + "CancellationToken, and cancel it when the wait is given up.")
        {
            Member = "waiter",
        },
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

    /// <summary>
    /// The advice where the suspect reference is inside such a library, or leads to an object of the library; null
    /// elsewhere.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="suspect">The step of the suspect reference.</param>
    /// <param name="nameOf">Names a step.</param>
    public static string? Advice(NamedPath path, int suspect, Func<NamedStep, string> nameOf) =>
        Of(path, suspect) is { } keeper
            ? string.Format(
                CultureInfo.InvariantCulture,
                keeper.Words,
                nameOf(path.Steps[^1]),
                nameOf(keeper.KeptBy(path, suspect)))
            : null;

    /// <summary>Whether such an object itself holds a reference.</summary>
    public static bool Keeps(NamedPath path, int step) =>
        Of(path, step) is { } keeper
        && (path.Steps[step].Kind != ReferenceKind.Field || keeper.Is(path.Steps[step - 1].Type));

    private static Keeper? Of(NamedPath path, int step) =>
        step > 0 ? Array.Find(s_all, k => k.Keeps(path, step)) : null;
}
