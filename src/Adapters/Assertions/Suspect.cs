using System.Runtime.CompilerServices;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Adapters;

/// <summary>The object of an assertion, held weakly. Only frames that return before the check touch it.</summary>
internal sealed class Suspect
{
    private readonly LifeTimeMonitor? _monitor;
    private readonly LifetimeReport? _report;
    private readonly bool _trackResurrection;

    private Suspect(LifetimeReport report) => _report = report;

    private Suspect(LifeTimeMonitor monitor, bool trackResurrection = false) =>
        (_monitor, _trackResurrection) = (monitor, trackResurrection);

    /// <summary>The suspect for an argument; null for an object itself, which the assertion would hold.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Suspect? Given(object? actual) => actual switch
    {
        LifeTimeMonitor monitor => new Suspect(monitor),
        LifetimeReport report => new Suspect(report),
        _ => WeakPointer.From(actual) is { } weak ? TargetOf(weak) : null,
    };

    /// <summary>The suspect that a delegate creates.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Suspect Made<T>(Func<T> make) => Brought(make());

    /// <summary>The suspect for the result of a delegate.</summary>
    // Without a source text: the test framework prints the assertion above the report.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Suspect Brought(object? made) => Given(made)
        ?? new Suspect(
            LifeTimeMonitor.Track(() => made!, use: null, expression: null, member: null, filePath: null, line: 0));

    public LifetimeReport Check(LifetimeOptions options) => _report ?? _monitor!.Check(Adapt(options));

    public async Task<LifetimeReport> CheckAsync(
        LifetimeOptions options,
        CancellationToken cancellationToken = default) =>
        _report ?? await _monitor!.CheckAsync(Adapt(options), cancellationToken).ConfigureAwait(true);

    /// <exception cref="ObjectNotAliveException">It is dead.</exception>
    public void RequireAlive()
    {
        if (_report is { Verdict: LifetimeVerdict.Dead }) throw LifetimeCheck.NotAlive(_report);
        _monitor?.AssertAlive();
    }

    private LifetimeOptions Adapt(LifetimeOptions options) =>
        _trackResurrection ? options with { TrackResurrection = true } : options;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Suspect TargetOf(WeakPointer weak) => weak.Target is { } target
        ? new Suspect(
            new LifeTimeMonitor(target, expression: null, member: null, filePath: null, line: 0),
            weak.TrackResurrection)
        : new Suspect(LifetimeCheck.Dead(weak.Described));
}
