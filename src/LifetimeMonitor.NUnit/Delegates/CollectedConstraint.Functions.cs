using NUnit.Framework.Constraints;

namespace LifetimeMonitoring.NUnit;

/// <content>The delegates of NUnit 4.6 and 5.</content>
public sealed partial class CollectedConstraint
{
    /// <summary>Makes the object in a frame that returns before the check, and continues as for a monitor.</summary>
    /// <typeparam name="TActual">The result of the delegate; a <see cref="Task{T}"/> is awaited.</typeparam>
    /// <param name="code">Makes the object, or returns an argument of <see cref="ApplyTo{TActual}(TActual)"/>.</param>
    /// <returns>Success when the object is dead.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="code"/> returned null, no object at all, or an object whose lifetime proves nothing.
    /// </exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public override ConstraintResult ApplyTo<TActual>(Func<TActual> code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Apply(code);
    }
}
