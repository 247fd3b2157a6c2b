using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace LifetimeMonitoring;

public sealed partial class LifetimeScope
{
    /// <summary>
    /// Opens a scope, runs code in it, and asserts at the end that all tracked objects are dead. No failure is lost:
    /// when the code throws and objects are alive, both are thrown.
    /// </summary>
    /// <param name="body">The code. Its local variables are gone when the objects are checked.</param>
    /// <param name="options">
    /// How to check; null for <see cref="LifetimeOptions.Default"/> at the end of the scope.
    /// </param>
    /// <exception cref="ObjectNotDeadException">
    /// Objects are alive; the message shows the paths that hold them.
    /// </exception>
    /// <exception cref="AggregateException">
    /// The code threw, and objects are alive or could not be checked: the exception of the code comes first.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="body"/> is <c>async</c>.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public static void Run(Action<LifetimeScope> body, LifetimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        Trackable.RequireSynchronous(body, nameof(body), "await LifetimeScope.RunAsync(…)");
        var scope = new LifetimeScope(options);
        Exception? failure = scope.FailureOf(body);
        scope.Leave(failure);
        try
        {
            scope.AssertAllDead();
        }
        catch (Exception e) when (failure is not null)
        {
            throw Both(failure, e);
        }

        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>As <see cref="Run"/>, asynchronously.</summary>
    /// <param name="body">The code.</param>
    /// <param name="options">
    /// How to check; null for <see cref="LifetimeOptions.Default"/> at the end of the scope.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends the check without a verdict. It does not end <paramref name="body"/>.
    /// </param>
    /// <returns>A task that ends when the code has ended and all objects are known to be dead.</returns>
    /// <exception cref="ObjectNotDeadException">
    /// Objects are alive; the message shows the paths that hold them.
    /// </exception>
    /// <exception cref="AggregateException">
    /// The code threw, and objects are alive or could not be checked: the exception of the code comes first.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Task RunAsync(
        Func<LifetimeScope, Task> body, LifetimeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        return RunAsync();

        async Task RunAsync()
        {
            var scope = new LifetimeScope(options);
            Exception? failure = await scope.FailureOfAsync(body).ConfigureAwait(true);
            scope.Leave(failure);
            try
            {
                await scope.AssertAllDeadAsync(options: null, cancellationToken).ConfigureAwait(true);
            }
            catch (Exception e) when (failure is not null)
            {
                throw Both(failure, e);
            }

            if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        }
    }

    private static AggregateException Both(Exception failure, Exception check) =>
        new("The code in the scope failed, and so did the check of its objects. Both failures follow.", failure, check);

    // Ends the scope. A skipped test proves nothing, and a leak that the code has reported by itself is not reported again.
    private void Leave(Exception? failure)
    {
        _ = Close();
        if (TestSkip.Is(failure)) ExceptionDispatchInfo.Throw(failure!);
        if (failure is ObjectNotDeadException) LetGoOfReported();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Exception? FailureOf(Action<LifetimeScope> body)
    {
        try
        {
            body(this);
            return null;
        }
#pragma warning disable CA1031 // It is thrown again, after the check.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    private async Task<Exception?> FailureOfAsync(Func<LifetimeScope, Task> body)
    {
        try
        {
            await body(this).ConfigureAwait(true);
            return null;
        }
#pragma warning disable CA1031 // It is thrown again, after the check.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }
}
