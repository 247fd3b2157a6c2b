using LifetimeMonitor.Rendering;

namespace LifetimeMonitor;

/// <summary>A shortest path of references that keeps an object alive, from a garbage-collection root to the object.</summary>
/// <param name="Kind">What the path begins at.</param>
/// <param name="Steps">The objects on the path; the first is what the root holds, the last is the object asked about. Never empty.</param>
public sealed record RootPath(RootKind Kind, IReadOnlyList<PathStep> Steps)
{
    /// <summary>The root in words: <c>static field App.Windows.s_open</c>.</summary>
    public string Root => Steps[0].Reference;

    /// <summary>The path as text, one reference per line, the root on top.</summary>
    /// <returns>Lines separated by <c>\n</c>, without one at the end.</returns>
    public override string ToString() => PathText.Render(this);
}
