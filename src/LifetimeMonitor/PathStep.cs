namespace LifetimeMonitor;

/// <summary>One object on a path and the reference that holds it.</summary>
/// <param name="Reference">The reference, in the words of C#: <c>_items</c>, <c>[3]</c>, <c>_state.Owner</c>; for the first
/// step the root itself, such as <c>static field App.Windows.s_open</c>.</param>
/// <param name="TypeName">The type of the object, as C# writes it.</param>
public sealed record PathStep(string Reference, string TypeName);
