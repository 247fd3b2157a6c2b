namespace LifetimeMonitor;

/// <summary>An object on a path and the reference that holds it. What belongs together, such as a list and its array, is one step.</summary>
/// <param name="Reference">The reference, in the words of C#: <c>_owner</c>, <c>[3]</c>, <c>["k17"]</c>, <c>event Closed += Dialog.OnClosed</c>;
/// for the first step the root itself, such as <c>static field App.Windows.s_open</c>.</param>
/// <param name="TypeName">The type of the object, as C# writes it.</param>
public sealed record PathStep(string Reference, string TypeName)
{
    /// <summary>The reference to blame: behind it nothing is expected to live longer than the object asked about.</summary>
    public bool IsSuspect { get; init; }

    /// <summary>How many references of the same name one after another the step stands for, as in a linked list of one's own; 1 otherwise.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>
    /// How many references the step stands for that were counted and not named: a path of more than some 2,000 steps has
    /// names for both ends only. <see cref="Reference"/> is <c>…</c> then, and <see cref="TypeName"/> is the type of the
    /// object the references lead to. 0 otherwise.
    /// </summary>
    public int Omitted { get; init; }
}
