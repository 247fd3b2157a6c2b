using TUnit.Assertions.Core;

namespace LifetimeMonitor.TUnit;

/// <summary>Adds <c>IsCollected</c> to the words of TUnit.</summary>
public static class CollectedAssertionExtensions
{
    /// <summary>
    /// Collects until the object is dead, and fails with the report of who holds it when it is not:
    /// <c>await Assert.That(LifeTimeMonitor.Track(() => new Dialog())).IsCollected()</c>. Costs what <see cref="LifeTimeMonitor.AssertDeadAsync"/> costs.
    /// </summary>
    /// <param name="source"><c>Assert.That(monitor)</c>.</param>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <returns>The assertion, to be awaited.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static CollectedAssertion IsCollected(this IAssertionSource<LifeTimeMonitor> source, LifetimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        _ = source.Context.ExpressionBuilder.Append(".IsCollected()");
        return new CollectedAssertion(source.Context, options);
    }
}
