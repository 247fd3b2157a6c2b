using LifetimeMonitor.Naming.Rules;

namespace LifetimeMonitor.Naming;

/// <summary>A path in words, with what is needed to say who is to blame.</summary>
/// <param name="Root">The root.</param>
/// <param name="Frame">The frame of a stack root, when it is known.</param>
/// <param name="Steps">The root's step first, the object asked about last.</param>
internal sealed record NamedPath(RootName Root, FrameName? Frame, IReadOnlyList<NamedStep> Steps)
{
    /// <summary>All references, for comparing.</summary>
    public string Text => string.Join('\n', Steps.Select(s => s.Words));
}

/// <summary>An object on the path, and what holds it.</summary>
/// <param name="Words">The reference, or the root.</param>
/// <param name="Nature">What kind of holding it is.</param>
/// <param name="TypeName">The object's type in words.</param>
/// <param name="Type">The object's type.</param>
/// <param name="Object">Its number among the objects of the path as memory has it.</param>
internal sealed record NamedStep(string Words, ReferenceNature Nature, string TypeName, TypeFacts? Type, int Object)
{
    /// <summary>The state machine the object is, or is the box of; null for other objects.</summary>
    public TypeFacts? StateMachine { get; init; }

    /// <summary>So many references of the same name one after another.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>How many references the step stands for that were counted and not named; 0 for other steps.</summary>
    public int Omitted { get; init; }

    /// <summary>The fields the words stand for, and the method of a handler, in the runtime's words, for patterns to match: <c>Ns.Type.field</c>.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}
