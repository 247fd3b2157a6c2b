using LifetimeMonitor.Rendering;

namespace LifetimeMonitor;

/// <summary>A shortest path of references that keeps an object alive, from a garbage-collection root to the object.</summary>
/// <param name="Kind">What the path begins at.</param>
/// <param name="Steps">The objects on the path; the first is what the root holds, the last is the object asked about. Never empty.</param>
public sealed record RootPath(RootKind Kind, IReadOnlyList<PathStep> Steps)
{
    /// <summary>The root in words: <c>static field App.Windows.s_open</c>.</summary>
    public string Root => Steps[0].Reference;

    /// <summary>The step whose reference is to blame, or null.</summary>
    public PathStep? Suspect => Steps.FirstOrDefault(s => s.IsSuspect);

    /// <summary>What to do about it, one sentence, when the suspect reference is of a kind that is known; null otherwise.</summary>
    public string? Advice { get; init; }

    /// <summary>
    /// Eight hexadecimal digits that stand for the leak: the same on every run and machine, because they are made of the path from the
    /// suspect reference on, without indices, keys, lines and threads.
    /// </summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The path as text, one reference per line, the root on top.</summary>
    /// <returns>Lines separated by <c>\n</c>, without one at the end.</returns>
    public override string ToString() => PathText.Render(this);

    /// <summary>The path alone, for a question in which nobody is accused.</summary>
    internal RootPath WithoutBlame() => this with { Steps = [.. Steps.Select(s => s with { IsSuspect = false })], Advice = null, Fingerprint = "" };
}
