using NUnit.Framework.Constraints;

namespace LifetimeMonitoring.NUnit;

/// <content>The asynchronous assertions of NUnit 4.3 and later.</content>
public sealed partial class CollectedConstraint
{
    /// <summary>
    /// As for a synchronous delegate, asynchronously; gives the object some time to die
    /// (<see cref="LifetimeOptions.Patience"/>).
    /// </summary>
    /// <typeparam name="TActual">The result of the delegate.</typeparam>
    /// <param name="taskDel">
    /// Makes the object, or returns an argument of <see cref="ApplyTo{TActual}(TActual)"/>.
    /// </param>
    /// <returns>Success when the object is dead.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="taskDel"/> returned null, no object at all, or an object whose lifetime proves nothing.
    /// </exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public override async Task<ConstraintResult> ApplyToAsync<TActual>(Func<Task<TActual>> taskDel)
    {
        ArgumentNullException.ThrowIfNull(taskDel);
        return Conclude(await new AsynchronousFactory<TActual>(taskDel).CheckAsync(Options).ConfigureAwait(true));
    }
}
