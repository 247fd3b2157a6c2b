using TUnit.Assertions.Core;

namespace LifetimeMonitoring.TUnit;

/// <summary>Adds <c>IsCollected</c> and <c>IsNotCollected</c> to the words of TUnit.</summary>
public static class CollectedAssertionExtensions
{
    private const string Advice =
        "An assertion that is given the object itself holds it. Give it a monitor: " +
        "await Assert.That(LifeTimeMonitor.Track(() => new Dialog())).IsCollected().";

    /// <summary>
    /// Collects until the object is dead, and fails when it is not; the message is the report with its holders:
    /// <c>await Assert.That(LifeTimeMonitor.Track(() => new Dialog())).IsCollected()</c>. Costs as much as
    /// <see cref="LifeTimeMonitor.AssertDeadAsync"/>.
    /// </summary>
    /// <param name="source"><c>Assert.That(monitor)</c>.</param>
    /// <returns>The assertion, to be awaited.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static CollectedAssertion<LifeTimeMonitor> IsCollected(this IAssertionSource<LifeTimeMonitor> source) =>
        Collected(source, options: null);

    /// <summary>The same with the given options.</summary>
    /// <param name="source"><c>Assert.That(monitor)</c>.</param>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <returns>The assertion, to be awaited.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static CollectedAssertion<LifeTimeMonitor> IsCollected(
        this IAssertionSource<LifeTimeMonitor> source,
        LifetimeOptions? options) => Collected(source, options);

    /// <summary>
    /// The same for the target of a weak reference. A long one shows an object until its finalizer has run.
    /// </summary>
    /// <param name="source"><c>Assert.That(reference)</c>.</param>
    /// <returns>The assertion, to be awaited.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static CollectedAssertion<WeakReference> IsCollected(this IAssertionSource<WeakReference> source) =>
        Collected(source, options: null);

    /// <summary>The same for the target of a weak reference.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="source"><c>Assert.That(reference)</c>.</param>
    /// <returns>The assertion, to be awaited.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static CollectedAssertion<WeakReference<T>> IsCollected<T>(this IAssertionSource<WeakReference<T>> source)
        where T : class => Collected(source, options: null);

    /// <summary>Not supported: the assertion would hold the object itself, and TUnit calls a delegate.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="source"><c>Assert.That(…)</c>.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="ArgumentException">Always.</exception>
    [Obsolete(Advice, error: true)]
    public static CollectedAssertion<object> IsCollected<T>(this IAssertionSource<T> source) =>
        throw new ArgumentException(Advice, nameof(source));

    /// <summary>
    /// Performs one full collection, and fails when the object is dead then. Use it to prove that a holder exists.
    /// </summary>
    /// <param name="source"><c>Assert.That(monitor)</c>.</param>
    /// <returns>The assertion, to be awaited.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static CollectedAssertion<LifeTimeMonitor> IsNotCollected(this IAssertionSource<LifeTimeMonitor> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _ = source.Context.ExpressionBuilder.Append(".IsNotCollected()");
        return new CollectedAssertion<LifeTimeMonitor>(source.Context, isExpected: false);
    }

    private static CollectedAssertion<T> Collected<T>(IAssertionSource<T> source, LifetimeOptions? options)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(source);
        _ = source.Context.ExpressionBuilder.Append(".IsCollected()");
        return new CollectedAssertion<T>(source.Context, isExpected: true, options);
    }
}
