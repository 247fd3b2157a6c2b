namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>A proven leak.</summary>
/// <param name="Leak">The library, the way to leak, and the call that frees the object.</param>
/// <param name="Advice">The sentence of the report.</param>
internal sealed record Row(LeaksAttribute Leak, string Advice)
{
    public override string ToString() => $"| {Library.Of(Leak.Type)} | {Leak.Way} | {Escaped(Advice)} | {Leak.End} |";

    private static string Escaped(string text) => text.Replace("<", @"\<", StringComparison.Ordinal).Replace("|", @"\|", StringComparison.Ordinal);
}
