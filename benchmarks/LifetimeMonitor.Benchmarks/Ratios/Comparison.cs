namespace LifetimeMonitor.Benchmarks.Ratios;

/// <summary>One row: ours against something, and how much of it ours may be. The values of all rounds, of which the medians count.</summary>
/// <param name="What">What is compared.</param>
/// <param name="Against">With what.</param>
/// <param name="Target">The ratio that is aimed at; null for a row that only informs.</param>
/// <param name="Unit">ms or MB.</param>
internal sealed record Comparison(string What, string Against, double? Target, string Unit = "ms")
{
    public List<double> Ours { get; } = [];

    public List<double> Theirs { get; } = [];

    public double OursMedian => Median(Ours);

    public double TheirsMedian => Median(Theirs);

    public double Ratio => OursMedian / TheirsMedian;

    public bool IsMissed => Target is { } target && Ratio > target;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
