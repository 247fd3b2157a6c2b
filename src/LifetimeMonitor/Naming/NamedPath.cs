using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Naming;

/// <summary>A path in words, with the facts that the blame needs.</summary>
/// <param name="Root">The root.</param>
/// <param name="Frame">The frame of a stack root, when it is known.</param>
/// <param name="Steps">The root's step first, the target object last.</param>
internal sealed record NamedPath(RootName Root, FrameName? Frame, IReadOnlyList<NamedStep> Steps)
{
    /// <summary>All references, for comparing.</summary>
    public string Text => string.Join('\n', Steps.Select(s => s.Words));
}

/// <summary>An object on the path, and the reference that holds it.</summary>
/// <param name="Words">The reference, or the root.</param>
/// <param name="Kind">The kind of reference.</param>
/// <param name="TypeName">The name of the object's type.</param>
/// <param name="Type">The object's type.</param>
/// <param name="Object">Its index on the path of addresses.</param>
internal sealed record NamedStep(string Words, ReferenceKind Kind, string TypeName, TypeFacts? Type, int Object)
{
    /// <summary>The async method or iterator whose variables the object has; null for other objects.</summary>
    public SuspendedMethod? Suspended { get; init; }

    /// <summary>The object is the state machine of an async method that has run to its end.</summary>
    public bool HasEnded { get; init; }

    /// <summary>The type that declares the field behind the words; null where there is none.</summary>
    public HeapType? Owner { get; init; }

    /// <summary>The reference as data.</summary>
    public ReferenceFacts Facts { get; init; } = ReferenceFacts.None;

    /// <summary>The kept lambda that does not use the captured variable of this step; null for other steps.</summary>
    public string? UnusedBy { get; init; }

    /// <summary>The number of consecutive references of the same name.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The number of references that the step counts without naming them; 0 for other steps.</summary>
    public int Omitted { get; init; }

    /// <summary>
    /// The fields behind the words, and the method of a handler, in the runtime's form for patterns to match:
    /// <c>Ns.Type.field</c>.
    /// </summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}
