namespace LifetimeMonitoring.Benchmarks.Ratios;

/// <summary>A row: our value against another one, with the maximum ratio. The medians of all rounds count.</summary>
/// <param name="What">The measured operation.</param>
/// <param name="Against">The operation it is compared with.</param>
/// <param name="Target">The maximum ratio; null for a row that only informs.</param>
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
