using LifetimeMonitoring.Naming;
using LifetimeMonitoring.Naming.Rules;

namespace LifetimeMonitoring.Blame;

/// <summary>One sentence of advice for a suspect reference of a known kind; null otherwise.</summary>
internal static class Advice
{
    public static string? For(RootKind root, NamedPath path, int suspect)
    {
        // The search for a context looks for its loader allocator.
        string leaked = path.Steps[^1].Type?.Definition switch
        {
            "System.Reflection.LoaderAllocator" => "AssemblyLoadContext",
            "System.RuntimeType" => "Type",
            _ => TypeNames.WithoutNamespace(path.Steps[^1].TypeName),
        };
        string? advice = OfException(root)
            ?? OfTest(path, suspect, leaked)
            ?? OfUnused(path, suspect)
            ?? OfHandle(root, path, suspect, leaked)
            ?? OfFramework(path, suspect, leaked)
            ?? StackAdvice.For(path, suspect, leaked)
            ?? OfLibrary(path, suspect, leaked)
            ?? Subscriptions.Advice(path, suspect, leaked)
            ?? Pools.Advice(path, suspect, leaked)
            ?? LibraryAdvice.For(path, suspect, leaked)
            ?? (Ownership.CanEnd(path, suspect) ? OfReference(path, suspect, leaked) : null)
            ?? OfContext(path)
            ?? FieldAdvice.OfElement(path, suspect, leaked)
            ?? OfRoot(root, path, suspect, leaked)
            ?? FieldAdvice.OfField(path, suspect, leaked);
        return advice is null ? null : Sentence(advice);
    }

    private static string? OfException(RootKind root) => root == RootKind.ExceptionBeingHandled
        ? "It is held by the exception that is being handled: check after the catch block."
        : null;

    // The suspect may be the program's own reference to the library. Then the insides of the library tell more.
    private static string? OfLibrary(NamedPath path, int suspect, string leaked)
    {
        int last = suspect;
        while (last < path.Steps.Count - 1 && Ownership.IsInLibrary(path, last + 1)) last++;
        for (int i = last; i >= suspect; i--)
        {
            if (LibraryKeepers.IsOwnHandler(path.Steps[i])) continue;
            string? advice = HostAdvice.For(path, i, leaked)
                ?? LibraryKeepers.Advice(path, i, s => TypeNames.WithoutNamespace(s.TypeName));
            if (advice is not null) return advice;
        }

        return null;
    }

    // A name of the program keeps its letters.
    private static string Sentence(string advice) =>
        advice[..Math.Max(0, advice.IndexOf(' ', StringComparison.Ordinal))].Contains('.', StringComparison.Ordinal)
            ? advice
            : char.ToUpperInvariant(advice[0]) + advice[1..];

    private static string? OfHandle(RootKind root, NamedPath path, int suspect, string leaked) =>
        suspect == 0
        && root is RootKind.StrongHandle or RootKind.PinnedHandle
        && path.Steps[0].Kind == ReferenceKind.Delegate
            ? "A GCHandle holds the delegate until it is freed: call Free, or dispose the GCHandle<T>, when the "
                + $"{leaked} is done."
            : null;

    // The compiler has one closure for all lambdas of a scope (dotnet/roslyn#51088).
    private static string? OfUnused(NamedPath path, int suspect) =>
        path.Steps.Skip(suspect).Take(2).FirstOrDefault(s => s.UnusedBy is not null) is { } unused
            ? $"The {unused.UnusedBy} is kept and does not use '{unused.Facts.Member}'. It shares its closure with one "
                + "that does: make one of the two in a method of its own."
            : null;

    // "callback = Owner.OnTick", "state".
    private static string TimerPart(NamedStep step) =>
        step.Words.StartsWith("state", StringComparison.Ordinal) ? "state" : "callback";

    private static string? OfReference(NamedPath path, int suspect, string leaked)
    {
        NamedStep step = path.Steps[suspect];
        return step.Kind switch
        {
            ReferenceKind.Event => Event(path, suspect, leaked),
            ReferenceKind.Timer =>
                $"The timer was not disposed, and its {TimerPart(step)} leads to the {leaked}: dispose it when the {leaked} "
                + "is done.",
            ReferenceKind.CancellationRegistration when Ownership.IsTask(step) =>
                "An operation stays registered until it completes or its token is canceled: give it the token of a "
                + "linked source, and cancel that source when the operation is no longer needed.",
            ReferenceKind.CancellationRegistration =>
                "The registration was not disposed, and the token source lives on: dispose the "
                + $"CancellationTokenRegistration when the {leaked} is done.",
            ReferenceKind.AsyncLocal => AsyncLocal(path, suspect),
            ReferenceKind.SuspendedMethod when path.Root.IsAwaitOfCheck && suspect == path.Steps.Count - 1 =>
                $"The method that awaits this check keeps its variables: make the {leaked} with "
                + "LifeTimeMonitor.TrackAsync(async () => …), or in a method of its own.",
            ReferenceKind.SuspendedMethod => Suspended(path.Steps[suspect - 1]),
            ReferenceKind.Continuation =>
                "The task has not completed and keeps its continuation: complete or cancel it.",
            ReferenceKind.CapturedVariable =>
                $"A lambda captured it and lives on: let go of the delegate, or capture less than the {leaked}.",
            ReferenceKind.Delegate when Accessor(path, suspect) is { } happening =>
                $"{step.Facts.Handler} was added to event {happening} of "
                + $"{TypeNames.WithoutNamespace(path.Steps[Ownership.HolderOf(path, suspect)].TypeName)} and never removed: unsubscribe "
                + $"when the {leaked} is done.",
            ReferenceKind.Delegate =>
                $"A delegate keeps its target alive: let go of the delegate when the {leaked} is done.",
            ReferenceKind.Attached when suspect == 0 =>
                "Its key is never collected, and so its value is not: remove the value when the "
                + $"{leaked} is done.",
            ReferenceKind.Attached =>
                "An attached value lives as long as its key: remove the value, or let go of the key.",
            _ => null,
        };
    }

    private static string? OfRoot(RootKind root, NamedPath path, int suspect, string leaked) => (root, suspect) switch
    {
        (RootKind.StrongHandle or RootKind.PinnedHandle, 0) when path.Steps.Count == 1 =>
            "A GCHandle holds it until it is freed: call Free when native code is done with the object.",
        (RootKind.StrongHandle or RootKind.PinnedHandle, 0) when !Ownership.IsOfLibrary(path.Steps[0]) =>
            $"A GCHandle holds the {TypeNames.WithoutNamespace(path.Steps[0].TypeName)} until it is freed: call Free when the {leaked} is "
            + "done.",
        (RootKind.RefCountedHandle, 0) =>
            "Native code refers to it through COM: it is held until that calls Release.",
        (RootKind.StaticField or RootKind.ThreadStaticField, 0) when path.Root.IsOfLibrary => OfRuntime(path),
        (RootKind.ThreadStaticField, 0) =>
            "A thread's own value outlives the work it was set for: set it to null when that is done.",
        (RootKind.FinalizerQueue, _) => "It waits for a finalizer: one that runs before it may be stuck.",
        (RootKind.StaticField, 0) when path.Steps.Count == 1 =>
            $"A static field lives as long as the program: set it to null when the {leaked} is done.",
        (RootKind.StaticField, 0) =>
            "A static field lives as long as the program, and so does every object that it leads to: let go of one of "
            + $"these references when the {leaked} is done.",
        _ => null,
    };

    // The runtime keeps a loaded assembly beside the statics.
    private static string? OfRuntime(NamedPath path) =>
        path.Steps[0].Type?.Definition is "System.Reflection.RuntimeAssembly" or "System.Reflection.RuntimeModule"
            ? "The runtime keeps an assembly as long as its AssemblyLoadContext is loaded, and the default context for "
                + "ever."
            : null;

    // A context that something captured does not see that the value was set to null.
    private static string AsyncLocal(NamedPath path, int suspect)
    {
        NamedStep? holder = suspect > 1 ? path.Steps[suspect - 2] : null;
        if (holder is null || holder.Type?.Definition == "System.Threading.Thread")
            return "An AsyncLocal value went along with the execution context: set it to null when it is no longer "
                + "needed, or start long-lived work under ExecutionContext.SuppressFlow().";
        (string begun, string end) = holder switch
        {
            { Type.Definition: "System.Threading.TimerQueueTimer" } =>
                (path.Steps[suspect - 1].Facts.Handler is { } callback ? $"the timer for {callback}" : "the timer",
                    "dispose the timer and let go of it"),
            { Type.Definition: "System.Threading.CancellationTokenSource+CallbackNode" } =>
                ("the registration", "dispose the CancellationTokenRegistration"),
            { Suspended: not null } => (holder.TypeName, "complete or cancel the operation that it waits for"),
            _ => ($"the {TypeNames.WithoutNamespace(holder.TypeName)}", "let go of it"),
        };
        return $"The execution context that {begun} captured keeps an AsyncLocal value, also when that is set to null "
            + $"later: {end}, or start it under ExecutionContext.SuppressFlow().";
    }

    // The event whose accessors put the handler into a collection.
    private static string? Accessor(NamedPath path, int suspect) =>
        Ownership.HolderOf(path, suspect) is >= 0 and var holder
        && holder < suspect - 1
        && path.Steps[holder].Type is { } owner
        && path.Steps[holder + 1].Fields is [var field, ..]
            ? DelegateTarget.EventOf(owner.Type, field[(field.LastIndexOf('.') + 1)..])
            : null;

    private static string? Event(NamedPath path, int suspect, string leaked)
    {
        string[] parts = path.Steps[suspect].Words.Split(" += ", 2);
        string handler = parts.Length > 1 ? parts[1] : "A handler";
        string owner = suspect == 0 ? "" : $" of {TypeNames.WithoutNamespace(path.Steps[suspect - 1].TypeName)}";
        string name = parts[0].StartsWith("event", StringComparison.Ordinal)
            ? parts[0]
            : parts[0][(parts[0].LastIndexOf(' ') + 1)..];
        if (IsOfSubscriber(path.Steps[suspect], handler))
        {
            string subscriber = TypeNames.WithoutNamespace(path.Steps[suspect].TypeName);
            return Ownership.IsDisposable(path.Steps[suspect])
                ? $"The {subscriber} handles {name}{owner}: dispose the {subscriber} when the {leaked} is done."
                : null;
        }

        bool isLambda = handler.StartsWith("lambda", StringComparison.Ordinal);
        return isLambda
            ? $"A {handler} was added to {name}{owner} and never removed: unsubscribe the same delegate when the {leaked} "
                + "is done."
            : $"{handler} was added to {name}{owner} and never removed: unsubscribe when the {leaked} is done.";
    }

    // A library's own object subscribed a handler of its own. A static handler of a plugin leads to an allocator.
    private static bool IsOfSubscriber(NamedStep subscriber, string handler) =>
        Ownership.IsOfLibrary(subscriber)
        && subscriber.Type?.Definition != "System.Reflection.LoaderAllocator"
        && subscriber.Type?.Offers(handler[(handler.LastIndexOf('.') + 1)..]) == false;

    private static string? OfTest(NamedPath path, int suspect, string leaked)
    {
        if (!OwnVariables.Is(path, suspect)) return null;
        bool isObject = suspect == path.Steps.Count - 1;
        if (OwnVariables.IsOfTest(path, suspect))
            return isObject
                ? "Your own async test method keeps its variables while it runs: make the object with "
                    + "LifeTimeMonitor.TrackAsync(async () => …), or in a method of its own."
                : "Your own async test method keeps the "
                    + $"{TypeNames.WithoutNamespace(path.Steps[suspect].TypeName)} while it runs, and that leads to the {leaked}.";
        if (suspect == 0 || path.Steps[suspect].Kind != ReferenceKind.Field) return null;
        string field = path.Steps[suspect].Words;
        return isObject
            ? $"The test class's own field {field} holds it: set it to null before the check, or make the object with "
                + "LifeTimeMonitor.Track(() => …)."
            : $"The test class's own field {field} leads to it: set it to null before the check.";
    }

    // The holder is the framework itself, an array or collection that it holds, or an object in one of these.
    private static string? OfFramework(NamedPath path, int suspect, string leaked)
    {
        int last = path.Steps.Count - 1, holder = last - 1;
        while (holder >= 0 && !TestMethods.IsFrameworks(path.Steps[holder].Type)) holder--;
        if (holder < 0) return null;
        int held = holder + 1;
        while (held < last && Containers.Is(path.Steps[held].Type)) held++;
        // A suspect beyond the object that the framework holds is to blame itself, unless it is that object's own field.
        bool isOwnField = suspect == held + 1 && path.Steps[suspect].Kind == ReferenceKind.Field;
        if (suspect > held && !isOwnField) return null;
        return held == last
            ? "The test framework holds it, as an argument or an instance of a test or as a fixture, until it is done "
                + $"with its tests: make the {leaked} in the test itself."
            : $"The test framework holds the {TypeNames.WithoutNamespace(path.Steps[held].TypeName)}, as an argument or an instance of a "
                + "test or as a fixture, until it is done with its tests: clear its reference to the "
                + $"{leaked} when the test is over.";
    }

    private static string? OfContext(NamedPath path)
    {
        int allocator = path.Steps.ToList().FindIndex(s => s.Kind == ReferenceKind.LoaderAllocator);
        if (allocator <= 0) return null;
        NamedStep holder = path.Steps[allocator - 1];
        string what = holder.Type?.Definition switch
        {
            "System.RuntimeType" => "The Type of a collectible assembly",
            "System.Reflection.RuntimeAssembly" => "A collectible Assembly",
            _ => $"An object of a collectible type, {holder.TypeName},",
        };
        return $"{what} keeps its whole AssemblyLoadContext loaded: let go of it first.";
    }

    private static string Suspended(NamedStep holder) => holder.Suspended switch
    {
        null => "A method has not completed and keeps its variables: complete or cancel the operation that it waits for.",
        { Kind: "async", Method: { } method } =>
            $"The async {(method.Contains(" in ", StringComparison.Ordinal) ? "" : "method ")}{method} has not "
            + "completed and keeps its variables: complete or cancel the operation that it waits for.",
        { Kind: { } kind, Method: { } method } =>
            $"The {kind} {method} was not run to its end and keeps its variables: dispose its enumerator.",
    };
}
