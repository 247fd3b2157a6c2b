using System.Runtime.CompilerServices;

namespace LifetimeMonitor.Adapters;

/// <summary>What an assertion is asked about, without holding it. Objects are touched in frames of their own only, which are gone before the check.</summary>
internal sealed class Suspect
{
    private readonly LifeTimeMonitor? _monitor;
    private readonly LifetimeReport? _report;
    private readonly bool _trackResurrection;

    private Suspect(LifetimeReport report) => _report = report;

    private Suspect(LifeTimeMonitor monitor, bool trackResurrection = false) =>
        (_monitor, _trackResurrection) = (monitor, trackResurrection);

    /// <summary>What the test gave to the assertion; null for an object itself, which the assertion would hold.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Suspect? Given(object? actual) => actual switch
    {
        LifeTimeMonitor monitor => new Suspect(monitor),
        LifetimeReport report => new Suspect(report),
        _ => WeakPointer.From(actual) is { } weak ? TargetOf(weak) : null,
    };

    /// <summary>What a delegate makes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Suspect Made<T>(Func<T> make) => Brought(make());

    /// <summary>What a delegate has brought.</summary>
    // Without a source text: where this is used the assertion is printed above the report.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Suspect Brought(object? made) => Given(made)
        ?? new Suspect(LifeTimeMonitor.Track(() => made!, use: null, expression: null, member: null, filePath: null, line: 0));

    public LifetimeReport Check(LifetimeOptions options) => _report ?? _monitor!.Check(Adapt(options));

    public async Task<LifetimeReport> CheckAsync(LifetimeOptions options, CancellationToken cancellationToken = default) =>
        _report ?? await _monitor!.CheckAsync(Adapt(options), cancellationToken).ConfigureAwait(true);

    /// <exception cref="ObjectNotAliveException">It is dead.</exception>
    public void RequireAlive()
    {
        if (_report is { Verdict: LifetimeVerdict.Dead }) throw new ObjectNotAliveException(_report);
        _monitor?.AssertAlive();
    }

    private LifetimeOptions Adapt(LifetimeOptions options) => _trackResurrection ? options with { TrackResurrection = true } : options;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Suspect TargetOf(WeakPointer weak) => weak.Target is { } target
        ? new Suspect(new LifeTimeMonitor(target, expression: null, member: null, filePath: null, line: 0), weak.TrackResurrection)
        : new Suspect(new LifetimeReport(weak.Described, LifetimeVerdict.Dead, new LifetimeCost([], TimeSpan.Zero)));
}
