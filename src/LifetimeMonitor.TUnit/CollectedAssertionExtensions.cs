using TUnit.Assertions.Core;

namespace LifetimeMonitor.TUnit;

/// <summary>Adds <c>IsCollected</c> and <c>IsNotCollected</c> to the words of TUnit.</summary>
public static class CollectedAssertionExtensions
{
    private const string Advice =
        "An assertion that is given the object itself holds it. Give it a monitor: await Assert.That(LifeTimeMonitor.Track(() => new Dialog())).IsCollected().";

    /// <summary>
    /// Collects until the object is dead, and fails with the report of who holds it when it is not:
    /// <c>await Assert.That(LifeTimeMonitor.Track(() => new Dialog())).IsCollected()</c>. Costs what <see cref="LifeTimeMonitor.AssertDeadAsync"/> costs.
    /// </summary>
    /// <param name="source"><c>Assert.That(monitor)</c>.</param>
    /// <returns>The assertion, to be awaited.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static CollectedAssertion<LifeTimeMonitor> IsCollected(this IAssertionSource<LifeTimeMonitor> source) => Collected(source, options: null);

    /// <summary>The same with options of its own.</summary>
    /// <param name="source"><c>Assert.That(monitor)</c>.</param>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <returns>The assertion, to be awaited.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static CollectedAssertion<LifeTimeMonitor> IsCollected(this IAssertionSource<LifeTimeMonitor> source, LifetimeOptions? options) => Collected(source, options);

    /// <summary>The same for the target of a weak reference; a long one shows an object until its finalizer has run.</summary>
    /// <param name="source"><c>Assert.That(reference)</c>.</param>
    /// <returns>The assertion, to be awaited.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static CollectedAssertion<WeakReference> IsCollected(this IAssertionSource<WeakReference> source) => Collected(source, options: null);

    /// <summary>The same for the target of a weak reference.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="source"><c>Assert.That(reference)</c>.</param>
    /// <returns>The assertion, to be awaited.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    public static CollectedAssertion<WeakReference<T>> IsCollected<T>(this IAssertionSource<WeakReference<T>> source)
        where T : class => Collected(source, options: null);

    /// <summary>Refused: an assertion that is given the object itself holds it, and so does one that is given a delegate, which TUnit calls.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="source"><c>Assert.That(…)</c>.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="ArgumentException">Always.</exception>
    [Obsolete(Advice, error: true)]
    public static CollectedAssertion<object> IsCollected<T>(this IAssertionSource<T> source) => throw new ArgumentException(Advice, nameof(source));

    /// <summary>Collects once, fully, and fails when the object is dead then. For the half of a test that proves that something does hold it.</summary>
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
