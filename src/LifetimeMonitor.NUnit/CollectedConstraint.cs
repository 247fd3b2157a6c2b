using System.Runtime.CompilerServices;
using LifetimeMonitoring.Adapters;
using LifetimeMonitoring.Reports;
using NUnit.Framework.Constraints;

namespace LifetimeMonitoring.NUnit;

/// <summary>
/// Passes when an object was collected; the failure message is the report with its holders.
/// <code>
/// Assert.That(() => new Dialog(), Is.Collected);
/// Assert.That(monitor, Is.Collected);
/// await Assert.ThatAsync(async () => await Dialog.OpenAsync(), Is.Collected);
/// Assert.That(monitors, Has.All.Collected);
/// </code>
/// It accepts a <see cref="LifeTimeMonitor"/>, a <see cref="LifetimeReport"/>, a <see cref="WeakReference"/> or
/// <see cref="WeakReference{T}"/>, and a synchronous or asynchronous delegate that makes the object or returns one of
/// these. Within an expression (<c>Is.Not</c>, <c>And</c>, <c>Has.All</c>) NUnit calls the delegate itself: let it
/// return a monitor there. Costs as much as <see cref="LifeTimeMonitor.Check"/>: little when the object is dead, a
/// snapshot of the process when it is not, even if that is expected; <see cref="LifeTimeMonitor.AssertAlive"/> is
/// cheaper.
/// </summary>
public sealed partial class CollectedConstraint : Constraint
{
    private readonly LifetimeOptions? _options;
    private readonly bool _isWithinExpression;
    private LifetimeReport? _held;

    /// <summary>A constraint with the given options.</summary>
    /// <param name="options">
    /// How to check; null for <see cref="LifetimeOptions.Default"/> at the time of the check.
    /// </param>
    public CollectedConstraint(LifetimeOptions? options = null) => _options = options;

    private CollectedConstraint(bool isWithinExpression) => _isWithinExpression = isWithinExpression;

    /// <summary>
    /// The expectation. Within an expression, NUnit writes the message; the description then contains the report when
    /// the last object was not collected.
    /// </summary>
    public override string Description => _isWithinExpression && _held is not null
        ? $"collected; this one is not:\n{_held}"
        : "collected";

    private LifetimeOptions Options => _options ?? LifetimeOptions.Default;

    /// <summary>Collects until the object is dead, and reports.</summary>
    /// <typeparam name="TActual">The type of <paramref name="actual"/>.</typeparam>
    /// <param name="actual">A monitor, a report or a weak reference.</param>
    /// <returns>Success when the object is dead.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="actual"/> is another object, which the assertion would hold.
    /// </exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public override ConstraintResult ApplyTo<TActual>(TActual actual) =>
        Conclude((Suspect.Given(actual) ?? throw Refusal(actual)).Check(Options));

    internal static CollectedConstraint WithinExpression() => new(isWithinExpression: true);

    private ConstraintResult Apply<TActual>(Func<TActual> code)
    {
        LifetimeOptions options = Options;

        // NUnit can wait for a task on a thread that pumps messages, and then returns the report.
        return AsynchronousFactory.From(code) is { } make
            ? base.ApplyTo(() => make.CheckAsync(options))
            : Conclude(Suspect.Made(code).Check(options));
    }

    private CollectedResult Conclude(LifetimeReport report)
    {
        _held = report.Passes ? null : report;
        return new CollectedResult(this, report, isInDescription: _isWithinExpression);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ArgumentException Refusal(object? actual) => new(
        "Is.Collected cannot be asked of " +
        $"{(actual is null ? "null" : $"the {actual.GetType().Name} itself: the assertion would hold it")}. " +
        "Let the assertion make the object, Assert.That(() => new Dialog(), Is.Collected), or ask a monitor of it, " +
        "Assert.That(LifeTimeMonitor.Track(() => new Dialog()), Is.Collected). " +
        "Within an expression (Is.Not, And, Has.All) only monitors and weak references can be asked, " +
        "because NUnit calls a delegate itself there.",
        nameof(actual));
}
