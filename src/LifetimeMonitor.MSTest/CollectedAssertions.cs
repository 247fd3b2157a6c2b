using System.Diagnostics;
using System.Runtime.CompilerServices;
using LifetimeMonitoring.Adapters;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.MSTest;

/// <summary>
/// <c>Assert.That.IsCollected(…)</c>: fails when an object is still alive; the message is the report with its holders.
/// Costs as much as <see cref="LifeTimeMonitor.AssertDead"/>. In C# 14 also <c>Assert.IsCollected(…)</c>: see
/// <see cref="CollectedAssert"/>.
/// </summary>
[StackTraceHidden]
public static class CollectedAssertions
{
    private const string Advice =
        "An assertion that is given the object itself holds it. " +
        "Let it make the object, Assert.That.IsCollected(() => new Dialog()), " +
        "or give it a monitor, Assert.That.IsCollected(LifeTimeMonitor.Track(() => new Dialog())).";

    /// <summary>Collects until the object is dead, and fails when it is not.</summary>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="monitor">Watches the object.</param>
    /// <exception cref="AssertFailedException">The object is alive. The message shows its holders.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="monitor"/> is null.</exception>
    public static void IsCollected(this Assert assert, LifeTimeMonitor monitor) =>
        assert.IsCollected(monitor, options: null);

    /// <summary>The same with the given options.</summary>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="monitor">Watches the object.</param>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <exception cref="AssertFailedException">The object is alive. The message shows its holders.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="monitor"/> is null.</exception>
    public static void IsCollected(this Assert assert, LifeTimeMonitor monitor, LifetimeOptions? options)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        Require(monitor.Check(options));
    }

    /// <summary>
    /// The same for the target of a weak reference. A long one shows an object until its finalizer has run.
    /// </summary>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="reference">Refers to the object.</param>
    /// <exception cref="AssertFailedException">The object is alive. The message shows its holders.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="reference"/> is null.</exception>
    public static void IsCollected(this Assert assert, WeakReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        Require(Suspect.Given(reference)!.Check(LifetimeOptions.Default));
    }

    /// <summary>The same for the target of a weak reference.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="reference">Refers to the object.</param>
    /// <exception cref="AssertFailedException">The object is alive. The message shows its holders.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="reference"/> is null.</exception>
    public static void IsCollected<T>(this Assert assert, WeakReference<T> reference)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(reference);
        Require(Suspect.Given(reference)!.Check(LifetimeOptions.Default));
    }

    /// <summary>
    /// Makes an object in a frame that returns before the check, collects until it is dead, and fails when it is not.
    /// </summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="create">Makes the object.</param>
    /// <param name="use">Acts on the object, such as closing it; null for no action.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="member">Filled in by the compiler.</param>
    /// <param name="filePath">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="AssertFailedException">The object is alive. The message shows its holders.</exception>
    /// <exception cref="ArgumentException">
    /// The result of <paramref name="create"/> is null or a task, or its lifetime proves nothing.
    /// </exception>
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

    /// <summary>Not supported: the assertion would hold the object itself.</summary>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="target">The object.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [Obsolete(Advice, error: true)]
    public static void IsCollected(this Assert assert, object? target) =>
        throw new ArgumentException(Advice, nameof(target));

    /// <summary>
    /// As <see cref="IsCollected(Assert, LifeTimeMonitor, LifetimeOptions?)"/>, for tests that await. If the object is
    /// not dead at once, the assertion yields and gives it some time to die (<see cref="LifetimeOptions.Patience"/>).
    /// </summary>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="monitor">Watches the object.</param>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the check without a verdict.</param>
    /// <returns>A task that ends when the object is known to be dead.</returns>
    /// <exception cref="AssertFailedException">The object is alive. The message shows its holders.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="monitor"/> is null.</exception>
    public static async Task IsCollectedAsync(
        this Assert assert,
        LifeTimeMonitor monitor,
        LifetimeOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        Require(await monitor.CheckAsync(options, cancellationToken).ConfigureAwait(true));
    }

    /// <summary>Makes an object asynchronously, collects until it is dead, and fails when it is not.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="create">Makes the object.</param>
    /// <returns>A task that ends when the object is known to be dead.</returns>
    /// <exception cref="AssertFailedException">The object is alive. The message shows its holders.</exception>
    /// <exception cref="ArgumentException">
    /// The result of <paramref name="create"/> is null, or its lifetime proves nothing.
    /// </exception>
    public static Task IsCollectedAsync<T>(this Assert assert, Func<Task<T>> create)
        where T : class => assert.IsCollectedAsync(create, use: null);

    /// <summary>The same with an action on the object.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="create">Makes the object.</param>
    /// <param name="use">Acts on the object; null for no action.</param>
    /// <returns>A task that ends when the object is known to be dead.</returns>
    /// <exception cref="AssertFailedException">The object is alive. The message shows its holders.</exception>
    /// <exception cref="ArgumentException">
    /// The result of <paramref name="create"/> is null, or its lifetime proves nothing.
    /// </exception>
    public static async Task IsCollectedAsync<T>(this Assert assert, Func<Task<T>> create, Func<T, Task>? use)
        where T : class
    {
        LifeTimeMonitor monitor = await LifeTimeMonitor
            .TrackAsync(create, use, expression: null, member: null, filePath: null, line: 0)
            .ConfigureAwait(true);
        Require(await monitor.CheckAsync().ConfigureAwait(true));
    }

    /// <summary>Performs one full collection, and fails when the object is dead then.</summary>
    /// <param name="assert"><c>Assert.That</c>.</param>
    /// <param name="monitor">Watches the object.</param>
    /// <exception cref="AssertFailedException">It is dead.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="monitor"/> is null.</exception>
    public static void IsNotCollected(this Assert assert, LifeTimeMonitor monitor)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        try
        {
            monitor.AssertAlive();
        }
        catch (ObjectNotAliveException dead)
        {
            throw new AssertFailedException(dead.Message);
        }
    }

    // MSTest shows the name of any other exception before the message.
    private static void Require(LifetimeReport report)
    {
        if (!report.Passes) throw new AssertFailedException(report.ToString());
    }
}
