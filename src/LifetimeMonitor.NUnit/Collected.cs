namespace LifetimeMonitoring.NUnit;

/// <summary>
/// The constraint for projects in C# 12 or 13, which do not see <c>Is.Collected</c>:
/// <c>Assert.That(monitor, Collected.Constraint)</c>, <c>Assert.That(monitor, Is.Not.Append(Collected.Constraint))</c>.
/// </summary>
public static class Collected
{
    /// <summary>A new constraint that passes when an object was collected: <see cref="CollectedConstraint"/>.</summary>
    public static CollectedConstraint Constraint => new();
}
