using LifetimeMonitor.Rendering;

namespace LifetimeMonitor;

/// <summary>What a search for paths found, and how sure that is.</summary>
/// <param name="Paths">The paths found, best first; they differ in what holds the object.</param>
/// <param name="Certainty">How sure they are; when there are none, how sure it is that there are none.</param>
/// <param name="Reason">Why it is not exact; null when it is.</param>
public sealed record PathSearchResult(IReadOnlyList<RootPath> Paths, PathCertainty Certainty, string? Reason)
{
    internal static PathSearchResult NotSought { get; } = new([], PathCertainty.NotSought, null);

    /// <summary>The best path, or null.</summary>
    public RootPath? Path => Paths.Count > 0 ? Paths[0] : null;

    /// <summary>Whether every path leads through the suspect reference of the best one, so that cutting it frees the object; null when that was not found out.</summary>
    public bool? SuspectIsOnEveryPath { get; init; }

    /// <summary>What the object alone keeps alive; null when it was not measured.</summary>
    public RetainedMemory? Retained { get; init; }

    /// <summary>The known holder on the best path, when there is no path without one; null otherwise.</summary>
    public KnownHolder? KnownHolder { get; init; }

    /// <summary>The paths as text, and how sure they are.</summary>
    /// <returns>Lines separated by <c>\n</c>, without one at the end.</returns>
    public override string ToString() => SearchText.Render(this);
}
