using NUnit.Framework;
using NUnit.Framework.Constraints;

namespace LifetimeMonitoring.NUnit;

#pragma warning disable CA1034, CA1708 // The analyzers read an extension block as a nested type, and two as one name.

/// <summary>
/// Adds <c>Collected</c> to the words of NUnit. Needs C# 14; see <see cref="Collected"/> for older projects.
/// </summary>
public static class CollectedExtensions
{
    extension(Is)
    {
        /// <summary>
        /// A constraint that passes when an object was collected:
        /// <c>Assert.That(() => new Dialog(), Is.Collected)</c>; see <see cref="CollectedConstraint"/>.
        /// </summary>
        public static CollectedConstraint Collected => new();
    }

    extension(ConstraintExpression expression)
    {
        /// <summary>
        /// The same within an expression: <c>Is.Not.Collected</c>, <c>Has.All.Collected</c>; see
        /// <see cref="CollectedConstraint"/>.
        /// </summary>
        public CollectedConstraint Collected
        {
            get
            {
                ArgumentNullException.ThrowIfNull(expression);
                var constraint = CollectedConstraint.WithinExpression();
                _ = expression.Append(constraint);
                return constraint;
            }
        }
    }
}
