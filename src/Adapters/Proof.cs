using System.Diagnostics;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Rendering;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Adapters;

/// <summary>The result of checking the claim of a test.</summary>
/// <param name="Failure">The violation of the claim, or null.</param>
/// <param name="Note">A note for the output of the test, or null.</param>
internal sealed record ProofResult(Exception? Failure, string? Note)
{
    /// <summary>The report to attach to the result of the test, or null.</summary>
    public string? Report => Failure is ObjectNotDeadException ? Failure.Message : null;
}

/// <summary>
/// A test with a <see cref="Claim"/>, from before it begins until the claim is checked. Its methods return exceptions.
/// </summary>
[StackTraceHidden]
internal sealed class Proof
{
    // The default of the asynchronous form: a thread that has just ended a test may still be returning from it.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    private readonly Claim _claim;
    private readonly LifetimeOptions _options = LifetimeOptions.Default;
    private readonly Exception? _mistake;
    private readonly Func<bool>? _isAlone;

    private Proof(Claim claim, LifetimeScope scope, Func<bool>? isAlone)
    {
        (_claim, Scope, _isAlone) = (claim, scope, isAlone);
        if (claim.Skip is not null) return;
        try
        {
            _options = claim.Options();
            if (NotAlone() is null && claim.Types is { Count: > 0 } types) scope.WatchInstancesOf(types, _options);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            _mistake = e;
        }
    }

    public LifetimeScope Scope { get; }

    /// <summary>Opens a scope and makes it current for later calls of the caller.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="isAlone">
    /// Whether no other test has run meanwhile. Otherwise the instances of types cannot be told from those of another
    /// test. Null where the framework lets the test run alone.
    /// </param>
    public static Proof Begin(Claim claim, Func<bool>? isAlone = null) => new(claim, new LifetimeScope(), isAlone);

    /// <summary>The same for a framework that sets the current scope itself.</summary>
    public static Proof BeginDetached(Claim claim) => new(claim, LifetimeScope.OpenDetached(), isAlone: null);

    /// <summary>Ends the scope.</summary>
    public async Task<ProofResult> EndAsync(TestEnd end)
    {
        if (Excused(end) is { } excused) return excused;
        string? note = null;
        try
        {
            if (end == TestEnd.Failed) Scope.LetGoOfReported();
            note = NotAlone() ?? Scope.TrackNewInstances();
            return Conclude(end, await Scope.CheckAllAsync(_options).ConfigureAwait(false), note);
        }
#pragma warning disable CA1031 // No exception here may hide the test's own failure: the adapter shows both.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failed(e, note);
        }
        finally
        {
            _ = Scope.Close();
        }
    }

    /// <summary>The same for a framework that does not await.</summary>
    public ProofResult End(TestEnd end)
    {
        if (Excused(end) is { } excused) return excused;
        string? note = null;
        try
        {
            if (end == TestEnd.Failed) Scope.LetGoOfReported();
            note = NotAlone() ?? Scope.TrackNewInstances();
            return Conclude(end, Scope.CheckAll(_options with { Patience = _options.Patience ?? s_patience }), note);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failed(e, note);
        }
        finally
        {
            _ = Scope.Close();
        }
    }

    private string? NotAlone() => _claim.Types.Count == 0 || _isAlone?.Invoke() != false
        ? null
        : $"[MustBeCollected] did not look at instances of {string.Join(", ", _claim.Types.Select(Naming.TypeNames.Of))}: "
            + "another test ran at the same time, and its instances look the same.";

    private static ProofResult Failed(Exception failure, string? note)
    {
        if (failure is LifetimeAssertionException violation) violation.IsAfterTest = true;
        return new ProofResult(failure, note);
    }

    // The result for a claim that should not or cannot be checked.
    private ProofResult? Excused(TestEnd end)
    {
        if (end != TestEnd.Unfinished && _claim.Skip is null && _mistake is null) return null;
        _ = Scope.Close();
        if (end == TestEnd.Unfinished) return new ProofResult(null, null);
        return new ProofResult(
            _mistake,
            _claim.Skip is null ? null : $"[MustBeCollected] was not checked: {_claim.Skip}");
    }

    // A failed test has reported its own failure, perhaps before it tracked anything.
    private ProofResult Conclude(TestEnd end, IReadOnlyList<LifetimeReport> reports, string? note)
    {
        LifetimeReport[] failing = [.. reports.Where(r => !r.Passes)];
        if (failing.Length > 0) throw LifetimeCheck.NotDead(failing);
        if (_claim.IsOfTest && _claim.Types.Count == 0 && end == TestEnd.Passed) Scope.AssertAnyTracked();
        IEnumerable<string> notes = reports.Where(r => r.KnownHolder is not null).Select(ExcusedBy);
        if (note is not null) notes = notes.Prepend(note);
        return new ProofResult(null, notes.Any() ? string.Join('\n', notes) : null);
    }

    private static string ExcusedBy(LifetimeReport report) =>
        $"[MustBeCollected] passed, although {ReportText.Subject(report.Target)} is still alive: "
        + $"the known holder {report.KnownHolder!.Pattern} holds it ({report.KnownHolder.Reason}).";
}
