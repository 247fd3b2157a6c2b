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
        },
        new(
            Extensions,
            "DependencyInjection.ServiceLookup.ServiceProviderEngineScope",
            "A scope keeps its services as long as it lives, disposed or not: dispose it and let go of it when "
            + "the {0} is done.")
        {
            IsOfProgram = true,
        },
        new(
            "Serilog.",
            "Context.EnricherStack",
            "A pushed property lasts until it is popped: dispose the IDisposable that LogContext.PushProperty returned.")
        {
            LastsWhileHeld = true,
        },
        new(
            "Autofac.",
            "Core.Lifetime.LifetimeScope",
            "A lifetime scope keeps its shared services, and every disposable service that it made, until it is "
            + "disposed: dispose the scope when the {0} is done."),
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

    /// <summary>A type that keeps others.</summary>
    /// <param name="Library">The common beginning of the library's namespaces.</param>
    /// <param name="Type">The rest of its name, without type arguments.</param>
    /// <param name="Words">
    /// Its behavior and the advice; <c>{0}</c> is the object, and <c>{1}</c> is the object given to the library that
    /// leads to it.
    /// </param>
    private sealed record Keeper(string Library, string Type, string Words)
    {
        /// <summary>
        /// The library holds many such objects, each until the program ends it. Any other holder of one is to blame.
        /// </summary>
        public bool LastsWhileHeld { get; init; }

        /// <summary>Libraries have such objects of their own, about which the program can do nothing.</summary>
        public bool IsOfProgram { get; init; }

        /// <summary>
        /// The beginning of the name of a type, or of a static field, before it on the path; null for any.
        /// </summary>
        public string? Behind { get; init; }

        /// <summary>The words of the only reference that counts; null for all.</summary>
        public string? Member { get; init; }

        // Only objects of the library may lie between the keeper and the suspect; else something else is to blame.
        public bool Keeps(NamedPath path, int suspect)
        {
            int at = LastsWhileHeld && suspect < path.Steps.Count - 1 && Is(path.Steps[suspect].Type)
                ? suspect
                : suspect - 1;
            while (at >= 0 && !Is(path.Steps[at].Type) && IsInside(path.Steps[at].Type)) at--;
            return at >= 0
                && Is(path.Steps[at].Type)
                && (Member is null || path.Steps[at + 1].Words == Member)
                && (!LastsWhileHeld || IsHeld(path, at))
                && (!IsOfProgram || !IsLibrarys(path, at))
                && (Behind is null || IsBehind(Behind, path, at));
        }

        private static bool IsBehind(string library, NamedPath path, int at) =>
            path.Root.Holder.StartsWith(library, StringComparison.Ordinal)
            || path.Steps.Take(at).Any(
                s => s.Type?.Definition.StartsWith(library, StringComparison.Ordinal) == true);

        private bool IsLibrarys(NamedPath path, int at)
        {
            int holder = at - 1;
            while (holder >= 0 && IsInside(path.Steps[holder].Type)) holder--;
            return holder >= 0 ? Ownership.IsOfLibrary(path.Steps[holder]) : path.Root.IsOfLibrary;
        }

        /// <summary>The first object outside the library.</summary>
        public NamedStep KeptBy(NamedPath path, int suspect)
        {
            int at = suspect;
            while (at < path.Steps.Count - 1 && IsInside(path.Steps[at].Type)) at++;
            return path.Steps[at];
        }

        private bool IsHeld(NamedPath path, int at)
        {
            if (path.Steps[at].Kind is ReferenceKind.AsyncLocal or ReferenceKind.CancellationRegistration) return true;
            int holder = at - 1;
            while (holder >= 0 && Containers.Is(path.Steps[holder].Type)) holder--;
            return holder >= 0 && IsInside(path.Steps[holder].Type);
        }

        public bool Is(TypeFacts? type) => type?.Bases.Any(IsName) == true;

        private bool IsName(string name) =>
            name.Length == Library.Length + Type.Length
            && name.StartsWith(Library, StringComparison.Ordinal)
            && name.EndsWith(Type, StringComparison.Ordinal);

        private bool IsInside(TypeFacts? type) =>
            Containers.Is(type)
            || type?.Definition is { } name
                && (name.StartsWith(Library, StringComparison.Ordinal)
                    || name.StartsWith("System.Threading.ThreadLocal", StringComparison.Ordinal));
    }
}
