using System.Runtime.CompilerServices;
using LifetimeMonitor.Adapters;
using NUnit.Framework.Constraints;

namespace LifetimeMonitor.NUnit;

/// <summary>
/// Passes when an object was collected; the failure message is the report of who holds it.
/// <code>
/// Assert.That(() => new Dialog(), Is.Collected);
/// Assert.That(monitor, Is.Collected);
/// await Assert.ThatAsync(async () => await Dialog.OpenAsync(), Is.Collected);
/// Assert.That(monitors, Has.All.Collected);
/// </code>
/// It can be asked of a <see cref="LifeTimeMonitor"/>, of a <see cref="LifetimeReport"/>, of a <see cref="WeakReference"/> or
/// <see cref="WeakReference{T}"/>, and of a delegate, also an asynchronous one, that makes the object or returns one of these.
/// Within an expression (<c>Is.Not</c>, <c>And</c>, <c>Has.All</c>) NUnit calls the delegate itself: let it return a monitor there.
/// Costs what <see cref="LifeTimeMonitor.Check"/> costs: little when the object is dead, a snapshot of the process when it is not,
/// also where that is what is expected; <see cref="LifeTimeMonitor.AssertAlive"/> is cheaper.
/// </summary>
public sealed class CollectedConstraint : Constraint
{
    private readonly LifetimeOptions? _options;
    private readonly bool _isWithinExpression;
    private LifetimeReport? _held;

    /// <summary>A constraint with options of its own.</summary>
    /// <param name="options">How to check; null for <see cref="LifetimeOptions.Default"/> at the time of the check.</param>
    public CollectedConstraint(LifetimeOptions? options = null) => _options = options;

    private CollectedConstraint(bool isWithinExpression) => _isWithinExpression = isWithinExpression;

    /// <summary>What is expected. Within an expression, also the report when the last object asked about was not collected: there NUnit writes the message, and this is the only word we have in it.</summary>
    public override string Description => _isWithinExpression && _held is not null
        ? $"collected; this one is not:\n{_held}"
        : "collected";

    private LifetimeOptions Options => _options ?? LifetimeOptions.Default;

    /// <summary>Collects until the object is dead, and reports.</summary>
    /// <typeparam name="TActual">The type of <paramref name="actual"/>.</typeparam>
    /// <param name="actual">A monitor, a report or a weak reference.</param>
    /// <returns>Success when the object is dead.</returns>
    /// <exception cref="ArgumentException"><paramref name="actual"/> is anything else: the object itself would be held by the assertion.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public override ConstraintResult ApplyTo<TActual>(TActual actual) => Conclude((Suspect.Given(actual) ?? throw Refusal(actual)).Check(Options));

    /// <summary>Makes the object, in a frame that is gone before the check, and goes on as for a monitor of it.</summary>
    /// <typeparam name="TActual">What the delegate returns; a <see cref="Task{T}"/> is awaited.</typeparam>
    /// <param name="code">Makes the object, or returns what <see cref="ApplyTo{TActual}(TActual)"/> takes.</param>
    /// <returns>Success when the object is dead.</returns>
    /// <exception cref="ArgumentException"><paramref name="code"/> returned null, no object at all, or one whose lifetime means nothing.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public override ConstraintResult ApplyTo<TActual>(Func<TActual> code)
    {
        ArgumentNullException.ThrowIfNull(code);
        LifetimeOptions options = Options;

        // NUnit knows how to wait for a task on a thread that pumps messages, and comes back with the report.
        return AsynchronousFactory.From(code) is { } make
            ? base.ApplyTo(() => make.CheckAsync(options))
            : Conclude(Suspect.Made(code).Check(options));
    }

    /// <summary>As <see cref="ApplyTo{TActual}(Func{TActual})"/>, asynchronously; gives the object a moment to die (<see cref="LifetimeOptions.Patience"/>).</summary>
    /// <typeparam name="TActual">What the delegate brings.</typeparam>
    /// <param name="taskDel">Makes the object, or brings what <see cref="ApplyTo{TActual}(TActual)"/> takes.</param>
    /// <returns>Success when the object is dead.</returns>
    /// <exception cref="ArgumentException"><paramref name="taskDel"/> brought null, no object at all, or one whose lifetime means nothing.</exception>
    /// <exception cref="InvalidOperationException">A no-GC region is active: collecting would end it.</exception>
    public override async Task<ConstraintResult> ApplyToAsync<TActual>(Func<Task<TActual>> taskDel)
    {
        ArgumentNullException.ThrowIfNull(taskDel);
        return Conclude(await new AsynchronousFactory<TActual>(taskDel).CheckAsync(Options).ConfigureAwait(true));
    }

    internal static CollectedConstraint WithinExpression() => new(isWithinExpression: true);

    private CollectedResult Conclude(LifetimeReport report)
    {
        _held = report.Passes ? null : report;
        return new CollectedResult(this, report, isInDescription: _isWithinExpression);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ArgumentException Refusal(object? actual) => new(
        $"Is.Collected cannot be asked of {(actual is null ? "null" : $"the {actual.GetType().Name} itself: the assertion would hold it")}. " +
        "Let the assertion make the object, Assert.That(() => new Dialog(), Is.Collected), or ask a monitor of it, " +
        "Assert.That(LifeTimeMonitor.Track(() => new Dialog()), Is.Collected). " +
        "Within an expression (Is.Not, And, Has.All) only monitors and weak references can be asked, because NUnit calls a delegate itself there.",
        nameof(actual));
}
