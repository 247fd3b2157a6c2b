namespace LifetimeMonitor.TruthTable;

/// <summary>What a row showed.</summary>
/// <param name="Row">The row.</param>
/// <param name="Leak">The report of the leak.</param>
/// <param name="Mended">The report of its mended twin.</param>
internal sealed record Outcome(Row Row, LifetimeReport Leak, LifetimeReport Mended)
{
    public static Outcome Of(Row row)
    {
        try
        {
            return new Outcome(row, row.Leak(), row.Mended());
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"The row '{row.Name}' could not be run.", e);
        }
    }

    public bool TwinIsDead => Mended.Verdict == LifetimeVerdict.Dead;

    public string RootKind => Leak.Paths is [var path, ..] ? path.Kind.ToString() : "none";

    /// <summary>The first line, the paths, the advice, and the certainty.</summary>
    public static string Text(LifetimeReport report) => $"{report.ToString().Split('\n')[0]}\n\n{report.Search}";
}
