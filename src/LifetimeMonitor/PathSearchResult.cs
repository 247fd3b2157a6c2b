using LifetimeMonitor.Rendering;

namespace LifetimeMonitor;

/// <summary>What a search for paths found, and how sure that is.</summary>
/// <param name="Paths">The paths found, best first.</param>
/// <param name="Certainty">How sure they are; when there are none, how sure it is that there are none.</param>
/// <param name="Reason">Why it is not exact; null when it is.</param>
public sealed record PathSearchResult(IReadOnlyList<RootPath> Paths, PathCertainty Certainty, string? Reason)
{
    internal static PathSearchResult NotSought { get; } = new([], PathCertainty.NotSought, null);

    /// <summary>The best path, or null.</summary>
    public RootPath? Path => Paths.Count > 0 ? Paths[0] : null;

    /// <summary>The path as text, and how sure it is.</summary>
    /// <returns>Lines separated by <c>\n</c>, without one at the end.</returns>
    public override string ToString() => PathText.Render(this);
}
