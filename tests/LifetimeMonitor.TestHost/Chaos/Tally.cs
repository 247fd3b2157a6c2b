using System.Text.RegularExpressions;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>The results so far. Thread-safe.</summary>
internal sealed partial class Tally
{
    // With two cores and ten busy threads for each, some checks do not get their turn in time. More would be our error.
    private const int MostWithoutPath = 20;
    private const int FewChecks = 40;

    private const string HiddenHandles = "hides handles";
    private readonly object _gate = new();
    private readonly SortedDictionary<string, int> _withoutPath = new(StringComparer.Ordinal), _unsure = new(StringComparer.Ordinal);

    // Checks without a disturbance that had enough time.
    private int _undisturbed, _undisturbedWithoutPath;

    public int Checks { get; private set; }

    public int Wrong { get; private set; }

    public int Late { get; private set; }

    public int Left { get; private set; }

    /// <summary>The number of times the program itself ran out of memory, in a nearly full heap.</summary>
    public int OutOfMemory { get; private set; }

    public bool HasFailed => Wrong + Late + Left > 0;

    public bool IsPathMissingTooOften => _undisturbed >= FewChecks && _undisturbedWithoutPath > _undisturbed / MostWithoutPath;

    public void Count(Action<Tally> what)
    {
        lock (_gate) what(this);
    }

    public void CountCheck() => Count(t => t.Checks++);

    public void CountOutOfMemory() => Count(t => t.OutOfMemory++);

    public void Fail(string step, string complaint)
    {
        Count(t => t.Wrong++);
        Print($"WRONG: {step}: {complaint}");
    }

    public void FailLate(string step, TimeSpan by, Answer answer)
    {
        Count(t => t.Late++);
        Print($"LATE by {by.TotalSeconds:0.00} s: {step}; it took {answer.Time} and said:\n{answer.Report}");
    }

    public void FailLeft(string episode, string left)
    {
        Count(t => t.Left++);
        Print($"LEFT: {episode}: {left}");
    }

    /// <summary>Counts the certainty of the report of a held object.</summary>
    public void CountCertainty(LifetimeReport report, bool isDisturbed) => Count(t =>
    {
        bool isWithout = report.Paths.Count == 0;
        string reason = report.Reason is { } said ? Number().Replace(said, "N") : "";
        if (!isDisturbed && !reason.Contains(HiddenHandles, StringComparison.Ordinal))
        {
            t._undisturbed++;
            if (isWithout) t._undisturbedWithoutPath++;
        }

        if (report.Certainty == PathCertainty.Exact) return;
        SortedDictionary<string, int> counts = isWithout ? t._withoutPath : t._unsure;
        string key = (isDisturbed ? "disturbed: " : "") + reason;
        counts[key] = counts.GetValueOrDefault(key) + 1;
    });

    public override string ToString()
    {
        lock (_gate)
        {
            string memory = OutOfMemory > 0 ? $", {OutOfMemory} out of memory" : "";
            return $"{Checks} checks, {Wrong} wrong, {Late} late, " +
                $"{_withoutPath.Values.Sum()} without a path, {_unsure.Values.Sum()} unsure{memory}, {Left} left";
        }
    }

    /// <summary>The reasons for missing and uncertain paths, one per line.</summary>
    public string Reasons()
    {
        lock (_gate)
        {
            return string.Concat(_withoutPath.Select(p => $"  {p.Value} without a path: {p.Key}\n"))
                + string.Concat(_unsure.Select(p => $"  {p.Value} unsure: {p.Key}\n"))
                + (IsPathMissingTooOften
                    ? $"TOO OFTEN: {_undisturbedWithoutPath} of {_undisturbed} undisturbed checks without a path\n"
                    : "");
        }
    }

    public static void Print(string text)
    {
        Console.WriteLine(text);
        Console.Out.Flush();
    }

    [GeneratedRegex(@"\d[\d.,]*")]
    private static partial Regex Number();
}
