namespace LifetimeMonitoring;

/// <summary>
/// A reference that is expected to keep objects alive, such as a vendor's cache. The search looks for a path that
/// avoids it. If there is none, the report shows this path and the reason.
/// </summary>
public sealed class KnownHolder
{
    /// <summary>Describes a holder.</summary>
    /// <param name="pattern">
    /// The field, as <c>Namespace.Type.field</c>; or the handler or callback, as <c>Namespace.Type.Method</c>; or the
    /// type, as <c>Namespace.Type</c>; each without type arguments. Or the assembly, as <c>assembly:Name</c>.
    /// <c>*</c> stands for any characters.
    /// </param>
    /// <param name="reason">Why it is not to be blamed. The report shows it.</param>
    /// <exception cref="ArgumentException">The pattern or the reason is empty.</exception>
    public KnownHolder(string pattern, string reason)
    {
        Pattern = NotEmpty(
            pattern, nameof(pattern), "name the holder: \"Namespace.Type.field\", \"Namespace.Type\" or \"assembly:Name\"");
        Reason = NotEmpty(reason, nameof(reason), "say why it is not to be blamed; the report shows it");
    }

    /// <summary>
    /// The holders that are always avoided: those of test frameworks and of code coverage. An object that only code
    /// coverage holds does not fail.
    /// </summary>
    public static IReadOnlyList<KnownHolder> OfTheFramework => FrameworkHolders.All;

    /// <summary>The pattern that the holder matches.</summary>
    public string Pattern { get; }

    /// <summary>Why the holder is not to be blamed.</summary>
    public string Reason { get; }

    /// <summary>
    /// Whether <see cref="LifeTimeMonitor.AssertDead"/> fails for an object that only known holders hold.
    /// </summary>
    /// <value>The default is true: it fails, and the report says that the holder is known.</value>
    public bool Fails { get; init; } = true;

    /// <summary>The pattern and the reason.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Pattern}: {Reason}";

    private static string NotEmpty(string value, string name, string advice) =>
        string.IsNullOrWhiteSpace(value) ? throw new ArgumentException($"A known holder's {name} is empty: {advice}.", name) : value;
}
