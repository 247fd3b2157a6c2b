using LifetimeMonitor.Rendering;

namespace LifetimeMonitor;

/// <summary>The result of a check: the verdict, and for an object that is alive what holds it and how sure that is.</summary>
/// <param name="Target">The object, and where it was tracked.</param>
/// <param name="Verdict">Dead, or why it is not.</param>
/// <param name="Cost">What was done, and how long it took.</param>
public sealed record LifetimeReport(TrackedObject Target, LifetimeVerdict Verdict, LifetimeCost Cost)
{
    /// <summary>What was found out about who holds the object.</summary>
    public PathSearchResult Search { get; init; } = PathSearchResult.NotSought;

    /// <summary>The paths found, best first; empty when the object is dead or none could be found.</summary>
    public IReadOnlyList<RootPath> Paths => Search.Paths;

    /// <summary>Sentences for the reader: what to do, and what else was noticed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether <see cref="LifeTimeMonitor.AssertDead"/> passes: the object is dead, or only a known holder that is not to fail holds it.</summary>
    public bool Passes => Verdict == LifetimeVerdict.Dead || Search.KnownHolder is { Fails: false };

    /// <summary>The report as text, as a failing assertion shows it.</summary>
    /// <returns>Lines separated by <c>\n</c>, without one at the end.</returns>
    public override string ToString() => ReportText.Render(this);
}
