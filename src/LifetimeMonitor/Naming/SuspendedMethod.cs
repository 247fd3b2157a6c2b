using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Naming;

/// <summary>
/// An async method or an iterator that is suspended: it has a state machine, or the runtime itself keeps its variables
/// (runtime async of .NET 11).
/// </summary>
internal sealed class SuspendedMethod
{
    private const string Async = "async", UnknownMethod = "method";
    private readonly TypeFacts? _machine;
    private readonly TypeFacts? _owner;

    private SuspendedMethod(TypeFacts? machine, TypeFacts? owner, FrameName? frame) =>
        (_machine, _owner, Frame) = (machine, owner, frame);

    /// <summary><c>async</c>, <c>iterator</c> or <c>async iterator</c>.</summary>
    public string Kind => _machine?.StateMachineKind ?? Async;

    public string Method => _machine?.StateMachineMethod ?? Frame?.Method ?? UnknownMethod;

    public string InWords => _machine?.InWords ?? $"{Async} {Method}";

    /// <summary>The definitions of the type that has the code, and of its base types.</summary>
    public IReadOnlyList<string> Bases => (_machine ?? _owner)?.Bases ?? [];

    /// <summary>A package or a framework declares it, not the program.</summary>
    public bool IsOfLibrary => (_machine ?? _owner) is { IsOfLibrary: true };

    public bool IsTest => _machine is null ? Frame is { IsTest: true } : TestMethods.IsForTest(_machine);

    /// <summary>The place at which the runtime suspended it; null when unknown, and for a state machine.</summary>
    public FrameName? Frame { get; }

    /// <summary>The method of a state machine.</summary>
    public static SuspendedMethod Of(TypeFacts machine) => new(machine, null, null);

    /// <summary>The method that the runtime suspended without a state machine; null for other objects.</summary>
    public static SuspendedMethod? Of(PathCursor path, int at)
    {
        if (!IsContinuation(path, at)) return null;
        return path.Heap.SuspensionOf(path.Objects[at]) is { } place
            ? new SuspendedMethod(null, path.FactsOf(place.Method.Type), FrameNames.Of(place))
            : new SuspendedMethod(null, null, null);
    }

    /// <summary>Whether an object has the variables of an async method that the runtime suspended.</summary>
    public static bool IsContinuation(PathCursor path, int at) =>
        path.TypeOf(at) is { Type: ContinuationType, Definition: FrameworkFields.Continuation };
}
