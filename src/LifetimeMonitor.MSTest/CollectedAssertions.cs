using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LifetimeMonitor.MSTest;

/// <summary>
/// <c>Assert.That.IsCollected(…)</c>: fails when an object is still alive, with the report of who holds it as the message.
/// Costs what <see cref="LifeTimeMonitor.AssertDead"/> costs.
/// </summary>
[StackTraceHidden]
public static class CollectedAssertions
{
    /// <summary>Collects until the object is dead, and fails when it is not.</summary>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="monitor">Watches the object.</param>
    /// <exception cref="AssertFailedException">It is alive; the message shows who holds it.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="monitor"/> is null.</exception>
    public static void IsCollected(this Assert assert, LifeTimeMonitor monitor) => assert.IsCollected(monitor, options: null);

    /// <summary>The same with options of its own.</summary>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="monitor">Watches the object.</param>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <exception cref="AssertFailedException">It is alive; the message shows who holds it.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="monitor"/> is null.</exception>
    public static void IsCollected(this Assert assert, LifeTimeMonitor monitor, LifetimeOptions? options)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        Require(monitor.Check(options));
    }

    /// <summary>Makes an object, in a frame that is gone before the check, collects until it is dead, and fails when it is not.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="create">Makes the object.</param>
    /// <param name="use">Does with it what the test is about, such as closing it; null for nothing.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="AssertFailedException">It is alive; the message shows who holds it.</exception>
    /// <exception cref="ArgumentException">What was made is null, a task, or has a lifetime that means nothing.</exception>
    public static void IsCollected<T>(
        this Assert assert,
        Func<T> create,
        Action<T>? use = null,
        [CallerArgumentExpression(nameof(create))] string? expression = null,
        [CallerMemberName] string? member = null,
        [CallerFilePath] string? filePath = null,
        [CallerLineNumber] int line = 0)
        where T : class =>
        Require(LifeTimeMonitor.Track(create, use, expression, member, filePath, line).Check());

    /// <summary>As <see cref="IsCollected(Assert, LifeTimeMonitor, LifetimeOptions?)"/>; yields first, and gives the object a moment to die (<see cref="LifetimeOptions.Patience"/>). For tests that await.</summary>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="monitor">Watches the object.</param>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the check without a verdict.</param>
    /// <returns>A task that ends when the object is known to be dead.</returns>
    /// <exception cref="AssertFailedException">It is alive; the message shows who holds it.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="monitor"/> is null.</exception>
    public static async Task IsCollectedAsync(this Assert assert, LifeTimeMonitor monitor, LifetimeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        Require(await monitor.CheckAsync(options, cancellationToken).ConfigureAwait(true));
    }

    // MSTest shows any other exception with its name before the message.
    private static void Require(LifetimeReport report)
    {
        if (!report.Passes) throw new AssertFailedException(report.ToString());
    }
}
