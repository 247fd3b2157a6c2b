namespace LifetimeMonitoring.Reports;

/// <summary>The result of a search for paths (<see cref="ObjectGraph"/>): the paths, and how sure they are.</summary>
public sealed class PathSearchResult
{
    private readonly IReportWriter _writer;

    internal PathSearchResult(IReadOnlyList<RootPath> paths, PathCertainty certainty, string? reason, IReportWriter writer) =>
        (Paths, Certainty, Reason, _writer) = (paths, certainty, reason, writer);

    /// <summary>The paths found, best first; empty when there are none.</summary>
    public IReadOnlyList<RootPath> Paths { get; }

    /// <summary>How sure the paths are; when there are none, how sure it is that there are none.</summary>
    public PathCertainty Certainty { get; }

    /// <summary>Why the result is not exact, and which setting helps; null when it is exact.</summary>
    public string? Reason { get; }

    /// <summary>The best path, or null.</summary>
    internal RootPath? Path => Paths.Count > 0 ? Paths[0] : null;

    /// <summary>Whether every path leads through the suspect reference of the best one.</summary>
    internal bool? SuspectIsOnEveryPath { get; init; }

    /// <summary>The number of references that read the same as the suspect of the best path.</summary>
    internal int SuspectTimes { get; init; } = 1;

    /// <summary>Whether every path leads through one of these.</summary>
    internal bool SuspectTimesAreAll { get; init; }

    /// <summary>The memory that the object alone keeps alive.</summary>
    internal RetainedMemory? Retained { get; init; }

    /// <summary>The known holder on the best path, when there is no path without one.</summary>
    internal KnownHolder? KnownHolder { get; init; }

    /// <summary>The paths alone, for a question in which nobody is accused.</summary>
    internal PathSearchResult WithoutBlame() => new([.. Paths.Select(p => p.WithoutBlame())], Certainty, Reason, _writer);

    /// <summary>The paths as text, and how sure they are.</summary>
    /// <returns>Lines separated by <c>\n</c>, without one at the end.</returns>
    public override string ToString() => _writer.Write(this);
}
