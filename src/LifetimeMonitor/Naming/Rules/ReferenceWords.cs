namespace LifetimeMonitoring.Naming.Rules;

/// <summary>One or more references in the programmer's words.</summary>
/// <param name="Text">The words.</param>
/// <param name="Length">The number of references that they stand for; at least one.</param>
/// <param name="Kind">The kind of reference.</param>
internal sealed record ReferenceWords(string Text, int Length, ReferenceKind Kind)
{
    /// <summary>The same as data.</summary>
    public ReferenceFacts Facts { get; init; } = ReferenceFacts.None;

    /// <summary>The kept lambda that does not use this captured variable; null for other references.</summary>
    public string? UnusedBy { get; init; }

    /// <summary>The method that its delegate calls, as <c>Namespace.Type.Method</c>; null for other kinds.</summary>
    public string? Handler { get; init; }
}
