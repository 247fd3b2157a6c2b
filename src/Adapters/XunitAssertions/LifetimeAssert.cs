using System.Diagnostics;
using System.Runtime.CompilerServices;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Adapters;
using LifetimeMonitoring.Reports;
using Xunit;

#if FOR_XUNIT_V3
namespace LifetimeMonitoring.XunitV3;
#else
namespace LifetimeMonitoring.Xunit;
#endif

#pragma warning disable CA1034 // The analyzer takes an extension block for a nested type.

/// <summary>
/// <c>Assert.Collected(…)</c>: fails when an object is still alive; the message is the report with its holders. C# 12
/// and 13 do not see this name; use <c>LifetimeAssert.Collected(…)</c> there. Costs as much as
/// <see cref="LifeTimeMonitor.AssertDead"/>.
/// </summary>
[StackTraceHidden]
public static class LifetimeAssert
{
    private const string Advice =
        "An assertion that is given the object itself holds it. " +
        "Let it make the object, Assert.Collected(() => new Dialog()), " +
        "or give it a monitor, Assert.Collected(LifeTimeMonitor.Track(() => new Dialog())).";

    extension(Assert)
    {
        /// <summary>Collects until the object is dead, and fails when it is not.</summary>
        /// <param name="monitor">Watches the object.</param>
        /// <exception cref="ObjectNotDeadException">The object is alive. The message shows its holders.</exception>
        /// <exception cref="ArgumentNullException"><paramref name="monitor"/> is null.</exception>
        public static void Collected(LifeTimeMonitor monitor) => Collected(monitor, options: null);

        /// <summary>The same with the given options.</summary>
        /// <param name="monitor">Watches the object.</param>
        /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
        /// <exception cref="ObjectNotDeadException">The object is alive. The message shows its holders.</exception>
        /// <exception cref="ArgumentNullException"><paramref name="monitor"/> is null.</exception>
        public static void Collected(LifeTimeMonitor monitor, LifetimeOptions? options)
        {
            ArgumentNullException.ThrowIfNull(monitor);
            monitor.AssertDead(options);
        }

        /// <summary>
        /// The same for the target of a weak reference. A long one shows an object until its finalizer has run.
        /// </summary>
        /// <param name="reference">Refers to the object.</param>
        /// <exception cref="ObjectNotDeadException">The object is alive. The message shows its holders.</exception>
        /// <exception cref="ArgumentNullException"><paramref name="reference"/> is null.</exception>
        public static void Collected(WeakReference reference)
        {
            ArgumentNullException.ThrowIfNull(reference);
            Require(Suspect.Given(reference)!);
        }

        /// <summary>The same for the target of a weak reference.</summary>
        /// <typeparam name="T">The type of the object.</typeparam>
        /// <param name="reference">Refers to the object.</param>
        /// <exception cref="ObjectNotDeadException">The object is alive. The message shows its holders.</exception>
        /// <exception cref="ArgumentNullException"><paramref name="reference"/> is null.</exception>
        public static void Collected<T>(WeakReference<T> reference)
            where T : class
        {
            ArgumentNullException.ThrowIfNull(reference);
            Require(Suspect.Given(reference)!);
        }

        /// <summary>
        /// Makes an object in a frame that returns before the check, collects until it is dead, and fails when not.
        /// </summary>
        /// <typeparam name="T">The type of the object.</typeparam>
        /// <param name="create">Makes the object.</param>
        /// <param name="use">Acts on the object, such as closing it; null for no action.</param>
        /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
        /// <param name="expression">Filled in by the compiler.</param>
        /// <param name="member">Filled in by the compiler.</param>
        /// <param name="filePath">Filled in by the compiler.</param>
        /// <param name="line">Filled in by the compiler.</param>
        /// <exception cref="ObjectNotDeadException">The object is alive. The message shows its holders.</exception>
        /// <exception cref="ArgumentException">
        /// The result of <paramref name="create"/> is null or a task, or its lifetime proves nothing.
        /// </exception>
        public static void Collected<T>(
            Func<T> create,
            Action<T>? use = null,
            LifetimeOptions? options = null,
            [CallerArgumentExpression(nameof(create))] string? expression = null,
            [CallerMemberName] string? member = null,
            [CallerFilePath] string? filePath = null,
            [CallerLineNumber] int line = 0)
            where T : class =>
            LifeTimeMonitor.Track(create, use, expression, member, filePath, line).AssertDead(options);

        /// <summary>Not supported: the assertion would hold the object itself.</summary>
        /// <param name="target">The object.</param>
        /// <exception cref="ArgumentException">Always.</exception>
        [Obsolete(Advice, error: true)]
        public static void Collected(object? target) => throw new ArgumentException(Advice, nameof(target));

        /// <summary>
        /// As <c>Assert.Collected(monitor)</c>, for tests that await. If the object is not dead at once, the assertion
        /// yields and gives it some time to die (<see cref="LifetimeOptions.Patience"/>).
        /// </summary>
        /// <param name="monitor">Watches the object.</param>
        /// <returns>A task that ends when the object is known to be dead.</returns>
        /// <exception cref="ObjectNotDeadException">The object is alive. The message shows its holders.</exception>
        /// <exception cref="ArgumentNullException"><paramref name="monitor"/> is null.</exception>
        public static Task CollectedAsync(LifeTimeMonitor monitor) =>
            CollectedAsync(monitor, options: null, CancellationToken.None);

        /// <summary>The same with the given options.</summary>
        /// <param name="monitor">Watches the object.</param>
        /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
        /// <param name="cancellationToken">Ends the check without a verdict.</param>
        /// <returns>A task that ends when the object is known to be dead.</returns>
        /// <exception cref="ObjectNotDeadException">The object is alive. The message shows its holders.</exception>
        /// <exception cref="ArgumentNullException"><paramref name="monitor"/> is null.</exception>
        public static Task CollectedAsync(
            LifeTimeMonitor monitor,
            LifetimeOptions? options,
            CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(monitor);
            return monitor.AssertDeadAsync(options, cancellationToken);
        }

        /// <summary>Makes an object asynchronously, collects until it is dead, and fails when it is not.</summary>
        /// <typeparam name="T">The type of the object.</typeparam>
        /// <param name="create">Makes the object.</param>
        /// <param name="use">Acts on the object; null for no action.</param>
        /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/>.</param>
        /// <param name="expression">Filled in by the compiler.</param>
        /// <param name="member">Filled in by the compiler.</param>
        /// <param name="filePath">Filled in by the compiler.</param>
        /// <param name="line">Filled in by the compiler.</param>
        /// <returns>A task that ends when the object is known to be dead.</returns>
        /// <exception cref="ObjectNotDeadException">The object is alive. The message shows its holders.</exception>
        /// <exception cref="ArgumentException">
        /// The result of <paramref name="create"/> is null, or its lifetime proves nothing.
        /// </exception>
        public static async Task CollectedAsync<T>(
            Func<Task<T>> create,
            Func<T, Task>? use = null,
            LifetimeOptions? options = null,
            [CallerArgumentExpression(nameof(create))] string? expression = null,
            [CallerMemberName] string? member = null,
            [CallerFilePath] string? filePath = null,
            [CallerLineNumber] int line = 0)
            where T : class
        {
            LifeTimeMonitor monitor = await LifeTimeMonitor
                .TrackAsync(create, use, expression, member, filePath, line)
                .ConfigureAwait(true);
            await monitor.AssertDeadAsync(options).ConfigureAwait(true);
        }

        /// <summary>Performs one full collection, and fails when the object is dead then.</summary>
        /// <param name="monitor">Watches the object.</param>
        /// <exception cref="ObjectNotAliveException">It is dead.</exception>
        /// <exception cref="ArgumentNullException"><paramref name="monitor"/> is null.</exception>
        public static void NotCollected(LifeTimeMonitor monitor)
        {
            ArgumentNullException.ThrowIfNull(monitor);
            monitor.AssertAlive();
        }
    }

    private static void Require(Suspect suspect)
    {
        LifetimeReport report = suspect.Check(LifetimeOptions.Default);
        if (!report.Passes) throw LifetimeCheck.NotDead([report]);
    }
}
