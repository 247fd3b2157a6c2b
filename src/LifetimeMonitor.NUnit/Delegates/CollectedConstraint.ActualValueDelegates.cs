using NUnit.Framework.Constraints;

namespace LifetimeMonitoring.NUnit;

/// <content>The delegates of NUnit 3 and 4.</content>
public sealed partial class CollectedConstraint
{
    /// <summary>Makes the object in a frame that returns before the check, and continues as for a monitor.</summary>
    /// <typeparam name="TActual">The result of the delegate; a <see cref="Task{T}"/> is awaited.</typeparam>
    /// <param name="del">Makes the object, or returns an argument of <see cref="ApplyTo{TActual}(TActual)"/>.</param>
    /// <returns>Success when the object is dead.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="del"/> returned null, no object at all, or an object whose lifetime proves nothing.
    /// </exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public override ConstraintResult ApplyTo<TActual>(ActualValueDelegate<TActual> del)
    {
        ArgumentNullException.ThrowIfNull(del);
        return Apply(new Func<TActual>(del));
    }
}
