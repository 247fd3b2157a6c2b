using System.Runtime.InteropServices;
using LifetimeMonitor.Snapshots;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.Diagnosis;

/// <summary>
/// Runs one diagnosis at a time, each on a thread of its own that lives until its snapshot is gone: the kernel kills a clone
/// when the thread that made it ends, and every other thread, the asserting one too, is then an ordinary one to look at.
/// One that does not end within its budget is given up, its clone is killed, and the next may begin. (The runtime's debugging component cannot be
/// interrupted, and has been seen to search for ever.)
/// </summary>
internal sealed class DiagnosisThread : IDisposable
{
    /// <summary>So many that were given up may still be running; then nothing is diagnosed until one ends.</summary>
    public const int MaxGivenUp = 2;

    private static readonly TimeSpan s_graceAfterBudget = TimeSpan.FromSeconds(1);
    // Seldom: the thread that waits is itself in the copy, and its stack is only exact while it does not wake.
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromSeconds(5);
    private static readonly ILinux? s_linux = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? new LinuxCalls() : null;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private int _givenUp;

    /// <summary>The one of this process: two diagnoses at once would see each other.</summary>
    public static DiagnosisThread Shared { get; } = new();

    /// <summary>The findings, or why there are none by the deadline; waiting for another diagnosis counts.</summary>
    public Findings Run(Func<CancellationToken, Findings> diagnose, Deadline deadline)
    {
        if (!_oneAtATime.Wait(deadline.Left)) return Busy(deadline.Budget);
        if (Start(diagnose, new WaitingThread(s_linux), out Findings? refusal) is not { } run) return refusal!;
        // Joining, not waiting for the task: the asserting thread is then blocked, and nothing of the diagnosis is left.
        while (!run.Thread.Join(NextLook(deadline)))
        {
            if (!IsLost(run, deadline)) continue;
            run.Stop();
            if (run.HasCrashed || !run.Thread.Join(s_graceAfterBudget)) return GiveUp(run, deadline.Budget);
            break;
        }

        return run.Findings;
    }

    /// <summary>As <see cref="Run"/>, without blocking.</summary>
    public async Task<Findings> RunAsync(Func<CancellationToken, Findings> diagnose, Deadline deadline, CancellationToken cancellationToken)
    {
        if (!await _oneAtATime.WaitAsync(deadline.Left, cancellationToken).ConfigureAwait(true)) return Busy(deadline.Budget);
        if (Start(diagnose, asserting: null, out Findings? refusal) is not { } run) return refusal!;
        while (await Task.WhenAny(run.Result, Task.Delay(NextLook(deadline), cancellationToken)).ConfigureAwait(true) != run.Result)
        {
            if (!IsLost(run, deadline) && !cancellationToken.IsCancellationRequested) continue;
            run.Stop();
            Task first = await Task.WhenAny(run.Result, Task.Delay(s_graceAfterBudget, cancellationToken)).ConfigureAwait(true);
            Findings? late = first == run.Result ? null : GiveUp(run, deadline.Budget);
            cancellationToken.ThrowIfCancellationRequested();
            if (late is not null) return late;
            break;
        }

        _ = run.Thread.Join(s_graceAfterBudget);
        return await run.Result.ConfigureAwait(true);
    }

    public void Dispose() => _oneAtATime.Dispose();

    private DiagnosisRun? Start(Func<CancellationToken, Findings> diagnose, WaitingThread? asserting, out Findings? refusal)
    {
        try
        {
            if (TryStart(diagnose, asserting, out refusal) is { } run) return run;
        }
        catch (OutOfMemoryException)
        {
            refusal = Findings.OutOfMemory;
        }

        _ = _oneAtATime.Release();
        return null;
    }

    private DiagnosisRun? TryStart(Func<CancellationToken, Findings> diagnose, WaitingThread? asserting, out Findings? refusal)
    {
        refusal = null;
        if (CrashGuard.IsComponentLost) refusal = Findings.Unavailable(CrashGuard.Explain());
        else if (Volatile.Read(ref _givenUp) >= MaxGivenUp) refusal = Findings.Unavailable($"{MaxGivenUp} earlier diagnoses in this process did not end and are still running");
        else if (HeapRoom.Shortage() is { } shortage) refusal = Findings.Unavailable(shortage);
        else
        {
            var run = new DiagnosisRun(diagnose, asserting, Ended);
            if (run.TryStart()) return run;
            refusal = Findings.Unavailable("the system gives no thread for the diagnosis: a limit on threads or memory is reached");
        }

        return null;
    }

    // The one that was given up has let the next one begin already.
    private void Ended(bool wasGivenUp)
    {
        if (wasGivenUp) _ = Interlocked.Decrement(ref _givenUp);
        else _ = _oneAtATime.Release();
    }

    private Findings GiveUp(DiagnosisRun run, TimeSpan budget)
    {
        _ = Interlocked.Increment(ref _givenUp);
        if (!run.TryGiveUp())
        {
            _ = Interlocked.Decrement(ref _givenUp);
            return run.Findings; // It ended at the last moment.
        }

        bool hasCrashed = run.HasCrashed;
        if (hasCrashed)
        {
            LivingClones.End(run.Thread);
            Breadcrumb.Shared.TakeUpOurs();
        }
        else LivingClones.Kill(run.Thread);

        LivingDumps.End(run.Thread);

        _ = _oneAtATime.Release();
        if (hasCrashed) return Findings.Unavailable(CrashGuard.Explain());
        return Findings.Unavailable($"the diagnosis did not end within the time budget of {Quantity.Seconds(budget)} (LifetimeOptions.TimeBudget)");
    }

    // Nobody wakes who waits for a thread that crashed.
    private static TimeSpan NextLook(Deadline deadline) => deadline.Left is var left && left < s_betweenLooks ? left : s_betweenLooks;

    private static bool IsLost(DiagnosisRun run, Deadline deadline) => run.HasCrashed || deadline.Left == TimeSpan.Zero;

    private static Findings Busy(TimeSpan budget) =>
        Findings.Unavailable($"another diagnosis was running for the whole time budget of {Quantity.Seconds(budget)} (LifetimeOptions.TimeBudget)");
}
