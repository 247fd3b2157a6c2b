using LifetimeMonitor.Blame;

namespace LifetimeMonitor;

/// <summary>
/// Something that is known to hold objects and is not to be blamed: another path is looked for, and only when there is none
/// the report shows this one, with the reason.
/// </summary>
/// <param name="Pattern">The field, as <c>Namespace.Type.field</c>, the handler or callback, as <c>Namespace.Type.Method</c>, or the type, as <c>Namespace.Type</c>, without type arguments; or
/// the assembly, as <c>assembly:Name</c>. <c>*</c> stands for any characters.</param>
/// <param name="Reason">Why it is not to be blamed; shown in the report.</param>
/// <exception cref="ArgumentException">The pattern or the reason is empty.</exception>
public sealed record KnownHolder(string Pattern, string Reason)
{
    /// <summary>The pattern.</summary>
    public string Pattern { get; } = NotEmpty(Pattern, nameof(Pattern), "say what is known: \"Namespace.Type.field\", \"Namespace.Type\" or \"assembly:Name\"");

    /// <summary>The reason.</summary>
    public string Reason { get; } = NotEmpty(Reason, nameof(Reason), "say why it is not to be blamed; the report shows it");

    /// <summary>Whether an object that only known holders hold fails <see cref="LifeTimeMonitor.AssertDead"/>.</summary>
    /// <value>The default is true: it fails, and the report says that the holder is known.</value>
    public bool Fails { get; init; } = true;

    /// <summary>What test frameworks hold on their own, and what measuring code coverage does; always looked past. What only the latter holds does not fail.</summary>
    public static IReadOnlyList<KnownHolder> OfTheFramework => FrameworkHolders.All;

    private static string NotEmpty(string value, string name, string advice) =>
        string.IsNullOrWhiteSpace(value) ? throw new ArgumentException($"A known holder's {name.ToLowerInvariant()} is empty: {advice}.", name) : value;
}
