namespace LifetimeMonitoring.Reports;

/// <summary>
/// The result of a check: the verdict, and for an object that is alive the paths that hold it and how sure they are.
/// </summary>
public sealed class LifetimeReport
{
    private readonly IReportWriter _writer;

    internal LifetimeReport(
        TrackedObject target,
        LifetimeVerdict verdict,
        LifetimeCost cost,
        IReportWriter writer,
        PathSearchResult? search = null)
    {
        (Target, Verdict, Cost, _writer) = (target, verdict, cost, writer);
        Search = search ?? new PathSearchResult([], PathCertainty.NotSought, null, writer);
    }

    /// <summary>The object, and where it was tracked.</summary>
    public TrackedObject Target { get; }

    /// <summary>Dead, or why it is not.</summary>
    public LifetimeVerdict Verdict { get; }

    /// <summary>
    /// Whether <see cref="LifeTimeMonitor.AssertDead"/> passes: the object is dead, or only a known holder that does
    /// not fail holds it.
    /// </summary>
    public bool Passes => Verdict == LifetimeVerdict.Dead || KnownHolder is { Fails: false };

    /// <summary>
    /// The paths found, best first; each has another holder. Empty when it is dead or no path could be found.
    /// </summary>
    public IReadOnlyList<RootPath> Paths => Search.Paths;

    /// <summary>How sure the paths are; when there are none, how sure it is that there are none.</summary>
    public PathCertainty Certainty => Search.Certainty;

    /// <summary>
    /// Why the paths are not exact, and which setting helps; null when they are, and for an object that is dead.
    /// </summary>
    public string? Reason => Search.Reason;

    /// <summary>The known holder on the best path, when there is no path without one; null otherwise.</summary>
    public KnownHolder? KnownHolder => Search.KnownHolder;

    /// <summary>
    /// The memory that the object alone keeps alive; null when it was not measured
    /// (<see cref="LifetimeOptions.MeasureRetained"/>).
    /// </summary>
    public RetainedMemory? Retained => Search.Retained;

    /// <summary>
    /// Whether every path leads through the suspect reference of the best one, so that breaking it frees the object;
    /// null when that was not found out.
    /// </summary>
    public bool? SuspectIsOnEveryPath => Search.SuspectIsOnEveryPath;

    /// <summary>
    /// Sentences for the reader: other things that were noticed, such as finalizers that did not end.
    /// </summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>The steps of the check, and how long they took.</summary>
    public LifetimeCost Cost { get; }

    internal PathSearchResult Search { get; }

    /// <summary>The report as text, as a failing assertion shows it.</summary>
    /// <returns>Lines separated by <c>\n</c>, without one at the end.</returns>
    public override string ToString() => _writer.Write(this);
}
