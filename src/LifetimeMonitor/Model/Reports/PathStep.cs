namespace LifetimeMonitoring.Reports;

/// <summary>
/// An object on a path, and the reference that holds it. References that belong together, such as a list and its
/// array, are one step. The reference is given in words (<see cref="Reference"/>) and as data (<see cref="Kind"/> and
/// the properties below it).
/// </summary>
public sealed class PathStep
{
    internal PathStep(string reference, string typeName) => (Reference, TypeName) = (reference, typeName);

    /// <summary>
    /// The reference as C# writes it: <c>_owner</c>, <c>[3]</c>, <c>["k17"]</c>, <c>event Closed +=
    /// Dialog.OnClosed</c>. For the first step it is the root, such as <c>static field App.Windows.s_open</c>.
    /// </summary>
    public string Reference { get; }

    /// <summary>The type of the object, as C# writes it: <c>List&lt;Window&gt;</c>.</summary>
    public string TypeName { get; }

    /// <summary>The kind of the reference.</summary>
    public ReferenceKind Kind { get; internal init; }

    /// <summary>
    /// The type that declares <see cref="Member"/>, as C# writes it; null when the reference is not a field.
    /// </summary>
    public string? DeclaringType { get; internal init; }

    /// <summary>
    /// The field, property, event or variable that holds the object, by its name in the source; null when it has
    /// none.
    /// </summary>
    public string? Member { get; internal init; }

    /// <summary>
    /// The method that a delegate on the way calls: <c>Dialog.OnClosed</c>; null when there is no delegate.
    /// </summary>
    public string? Handler { get; internal init; }

    /// <summary>
    /// The index or key of an element, as C# writes it: <c>3</c>, <c>"k17"</c>; null when the reference is not an
    /// element, or its place means nothing.
    /// </summary>
    public string? Key { get; internal init; }

    /// <summary>
    /// The method to which a captured variable, a local variable or a parameter belongs: <c>Loader.LoadAsync</c>;
    /// null for other references.
    /// </summary>
    public string? Method { get; internal init; }

    /// <summary>
    /// The name of the source file in which <see cref="Method"/> is suspended, without its directory; null when it is
    /// not known.
    /// </summary>
    public string? SourceFile { get; internal init; }

    /// <summary>The line in <see cref="SourceFile"/>, counted from 1; 0 when it is not known.</summary>
    public int Line { get; internal init; }

    /// <summary>
    /// Whether this is the suspect: the last reference on the path that is more than plain ownership, and so the one
    /// to break.
    /// </summary>
    public bool IsSuspect { get; internal init; }

    /// <summary>
    /// How many references of the same name in a row the step stands for, as in a linked list; 1 otherwise.
    /// </summary>
    public int Repeats { get; internal init; } = 1;

    /// <summary>
    /// How many references the step stands for that have no names: a path of more than some 2,000 steps has names at
    /// both ends only. <see cref="Reference"/> is <c>…</c> then. 0 for other steps.
    /// </summary>
    public int Omitted { get; internal init; }

    /// <summary>The reference and the type.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Reference} → {TypeName}";

    /// <summary>The same step for another type, or without blame.</summary>
    internal PathStep Copy(string typeName, bool isSuspect) => new(Reference, typeName)
    {
        Kind = Kind,
        DeclaringType = DeclaringType,
        Member = Member,
        Handler = Handler,
        Key = Key,
        Method = Method,
        SourceFile = SourceFile,
        Line = Line,
        IsSuspect = isSuspect,
        Repeats = Repeats,
        Omitted = Omitted,
    };
}
