using System.Runtime.CompilerServices;

namespace LifetimeMonitor.NUnit;

/// <summary>What the constraint is asked about, without holding it. Objects are touched in frames of their own only, which are gone before the check.</summary>
internal sealed class Suspect
{
    private readonly LifeTimeMonitor? _monitor;
    private readonly LifetimeReport? _report;
    private readonly bool _trackResurrection;

    private Suspect(LifetimeReport report) => _report = report;

    private Suspect(LifeTimeMonitor monitor, bool trackResurrection = false) =>
        (_monitor, _trackResurrection) = (monitor, trackResurrection);

    /// <summary>What the test gave to the assertion.</summary>
    public static Suspect Given(object? actual) => Known(actual) ?? throw Refusal(actual);

    /// <summary>What a delegate makes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Suspect Made<T>(Func<T> make) => Brought(make());

    /// <summary>What a delegate has brought.</summary>
    // Without a source text: NUnit prints the assertion above the report.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Suspect Brought(object? made) => Known(made)
        ?? new Suspect(LifeTimeMonitor.Track(() => made!, use: null, expression: null, member: null, filePath: null, line: 0));

    public LifetimeReport Check(LifetimeOptions options) => _report ?? _monitor!.Check(Adapt(options));

    public async Task<LifetimeReport> CheckAsync(LifetimeOptions options) =>
        _report ?? await _monitor!.CheckAsync(Adapt(options)).ConfigureAwait(true);

    private LifetimeOptions Adapt(LifetimeOptions options) => _trackResurrection ? options with { TrackResurrection = true } : options;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Suspect? Known(object? actual) => actual switch
    {
        LifeTimeMonitor monitor => new Suspect(monitor),
        LifetimeReport report => new Suspect(report),
        _ => WeakPointer.From(actual) is { } weak ? TargetOf(weak) : null,
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Suspect TargetOf(WeakPointer weak) => weak.Target is { } target
        ? new Suspect(new LifeTimeMonitor(target, expression: null, member: null, filePath: null, line: 0), weak.TrackResurrection)
        : new Suspect(new LifetimeReport(weak.Described, LifetimeVerdict.Dead, new LifetimeCost([], TimeSpan.Zero)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ArgumentException Refusal(object? actual) => new(
        $"Is.Collected cannot be asked of {(actual is null ? "null" : $"the {actual.GetType().Name} itself: the assertion would hold it")}. " +
        "Let the assertion make the object, Assert.That(() => new Dialog(), Is.Collected), or ask a monitor of it, " +
        "Assert.That(LifeTimeMonitor.Track(() => new Dialog()), Is.Collected). " +
        "Within an expression (Is.Not, And, Has.All) only monitors and weak references can be asked, because NUnit calls a delegate itself there.",
        nameof(actual));
}
