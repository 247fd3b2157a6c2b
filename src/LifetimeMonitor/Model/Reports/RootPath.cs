namespace LifetimeMonitoring.Reports;

/// <summary>
/// A shortest path of references that keeps an object alive, from a garbage-collection root to the object.
/// </summary>
public sealed class RootPath
{
    private readonly IReportWriter _writer;

    internal RootPath(RootKind kind, IReadOnlyList<PathStep> steps, IReportWriter writer) => (Kind, Steps, _writer) = (kind, steps, writer);

    /// <summary>The kind of root that the path begins at.</summary>
    public RootKind Kind { get; }

    /// <summary>
    /// The objects on the path. The first is the one that the root holds, the last is the object asked about. Never
    /// empty.
    /// </summary>
    public IReadOnlyList<PathStep> Steps { get; }

    /// <summary>The root in words: <c>static field App.Windows.s_open</c>.</summary>
    public string Root => Steps[0].Reference;

    /// <summary>
    /// The thread that the root belongs to: <c>thread 5 "reader"</c>; null for roots that belong to no thread.
    /// </summary>
    public string? Thread { get; internal init; }

    /// <summary>The step whose reference is to blame, or null.</summary>
    public PathStep? Suspect => Steps.FirstOrDefault(s => s.IsSuspect);

    /// <summary>
    /// How to break the suspect reference, in one sentence, when its pattern is known; null otherwise.
    /// </summary>
    public string? Advice { get; internal init; }

    /// <summary>
    /// Eight hexadecimal digits that identify the leak. They are the same on every run and machine, because they are
    /// a hash of the path from the suspect reference on, without indices, keys, lines and threads. Empty when nobody
    /// is blamed (<see cref="ObjectGraph"/>).
    /// </summary>
    public string Fingerprint { get; internal init; } = "";

    /// <summary>The path as text, one reference per line, the root on top.</summary>
    /// <returns>Lines separated by <c>\n</c>, without one at the end.</returns>
    public override string ToString() => _writer.Write(this);

    /// <summary>The same path with another type at its end.</summary>
    internal RootPath WithLast(string typeName) => new(Kind, [.. Steps.SkipLast(1), Steps[^1].Copy(typeName, Steps[^1].IsSuspect)], _writer)
    {
        Thread = Thread,
        Advice = Advice,
        Fingerprint = Fingerprint,
    };

    /// <summary>The path alone, for a question in which nobody is accused.</summary>
    internal RootPath WithoutBlame() => new(Kind, [.. Steps.Select(s => s.Copy(s.TypeName, isSuspect: false))], _writer)
    {
        Thread = Thread,
    };
}
