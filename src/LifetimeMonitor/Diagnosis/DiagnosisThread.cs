using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// Runs one diagnosis at a time, each on a thread of its own that lives until its snapshot is gone: the kernel kills a
/// clone when the thread that made it ends. Every other thread, including the asserting one, is then an ordinary thread
/// of the snapshot. A diagnosis that exceeds its budget is given up: its clone is killed, and the next may begin. (The
/// DAC cannot be interrupted, and has been seen to search endlessly.)
/// </summary>
/// <param name="breadcrumb">Warns the next run of a walk that ended the process.</param>
/// <param name="linux">The system calls; null where their numbers are unknown.</param>
internal sealed class DiagnosisThread(Breadcrumb breadcrumb, ILinux? linux)
{
    /// <summary>The number of given-up diagnoses that stops further ones until one of them ends.</summary>
    public const int MaxGivenUp = 2;

    // Together with the time to give up and, on a busy machine, to wake up, this is the promised second.
    private static readonly TimeSpan s_graceAfterBudget = TimeSpan.FromMilliseconds(800);
    // Rare: the waiting thread is itself in the snapshot, and its stack is exact only while it does not wake.
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromSeconds(5);
    private readonly Gate _oneAtATime = new();
    private bool _isRunning;
    private int _givenUp;

    /// <summary>
    /// The findings, or the reason for their absence at the deadline. The wait for another diagnosis counts as well.
    /// </summary>
    public DiagnosisResult Run(Func<CancellationToken, DiagnosisResult> diagnose, Deadline deadline) =>
        RunCancellable(diagnose, deadline, CancellationToken.None);

    /// <summary>Like <see cref="Run"/>, for a caller whose wait can be canceled.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public DiagnosisResult RunCancellable(
        Func<CancellationToken, DiagnosisResult> diagnose,
        Deadline deadline,
        CancellationToken cancellationToken)
    {
        using Interruption.Section section = Interruption.PutOff();
        if (!TryTakeTurn(deadline, cancellationToken)) return Busy(deadline.Budget);
        if (Start(diagnose, out DiagnosisResult? refusal) is not { } run) return refusal!;
        while (!HasEnded(run, NextLook(deadline), cancellationToken))
        {
            if (!IsLost(run, deadline) && !cancellationToken.IsCancellationRequested) continue;
            run.Stop();
            if (!run.HasCrashed && HasEnded(run, s_graceAfterBudget, CancellationToken.None)) break;
            DiagnosisResult late = GiveUp(run, deadline.Budget);
            cancellationToken.ThrowIfCancellationRequested();
            return late;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return run.DiagnosisResult;
    }

    // Joins the thread instead of waiting for the task: the asserting thread is blocked, and nothing of the diagnosis
    // is left afterwards.
    private static bool HasEnded(DiagnosisRun run, TimeSpan time, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
            return Interruption.Wait(run.Thread, time, static (thread, left) => thread.Join(left));
        try
        {
            return run.Result.Wait(time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private bool TryTakeTurn(Deadline deadline, CancellationToken cancellationToken)
    {
        using (_oneAtATime.Enter())
        {
            if (!_oneAtATime.Wait(() => !_isRunning, deadline.Left, cancellationToken)) return false;
            return _isRunning = true;
        }
    }

    private void EndTurn()
    {
        using (_oneAtATime.Enter()) _isRunning = false;
        _oneAtATime.Wake();
    }

    private DiagnosisRun? Start(Func<CancellationToken, DiagnosisResult> diagnose, out DiagnosisResult? refusal)
    {
        DiagnosisRun? run = null;
        try
        {
            run = TryStart(diagnose, out refusal);
        }
        catch (OutOfMemoryException)
        {
            refusal = DiagnosisResult.OutOfMemory;
        }
        finally
        {
            // Whatever is thrown, the next diagnosis must not wait for this one.
            if (run is null) EndTurn();
        }

        return run;
    }

    private DiagnosisRun? TryStart(Func<CancellationToken, DiagnosisResult> diagnose, out DiagnosisResult? refusal)
    {
        refusal = null;
        if (CrashGuard.IsComponentLost)
            refusal = DiagnosisResult.Unavailable(CrashGuard.Explain());
        else if (Volatile.Read(ref _givenUp) >= MaxGivenUp)
            refusal = DiagnosisResult.Unavailable(
                $"{MaxGivenUp} earlier diagnoses in this process did not end and are still running");
        else if (HeapRoom.Shortage() is { } shortage)
            refusal = DiagnosisResult.Unavailable(shortage);
        else
        {
            var run = new DiagnosisRun(diagnose, new BlockedCaller(linux), Ended);
            if (run.TryStart()) return run;
            refusal = DiagnosisResult.Unavailable(
                "the system gives no thread for the diagnosis: a limit on threads or memory is reached");
        }

        return null;
    }

    // A diagnosis that was given up has already ended its turn.
    private void Ended(bool wasGivenUp)
    {
        if (wasGivenUp) _ = Interlocked.Decrement(ref _givenUp);
        else EndTurn();
    }

    private DiagnosisResult GiveUp(DiagnosisRun run, TimeSpan budget)
    {
        _ = Interlocked.Increment(ref _givenUp);
        if (!run.TryGiveUp())
        {
            _ = Interlocked.Decrement(ref _givenUp);
            return run.DiagnosisResult; // It ended at the last moment.
        }

        bool hasCrashed = run.HasCrashed;
        if (hasCrashed)
        {
            ActiveClones.End(run.Thread);
            breadcrumb.TakeUpOurs();
        }
        else ActiveClones.Kill(run.Thread);

        ActiveDumps.End(run.Thread);
        EndTurn();
        if (hasCrashed) return DiagnosisResult.Unavailable(CrashGuard.Explain());
        return DiagnosisResult.Unavailable(
            $"the diagnosis did not end within the time budget of {Quantity.Seconds(budget)} "
            + "(LifetimeOptions.TimeBudget)");
    }

    // A crashed thread does not wake the thread that waits for it.
    private static TimeSpan NextLook(Deadline deadline) =>
        deadline.Left is var left && left < s_betweenLooks ? left : s_betweenLooks;

    private static bool IsLost(DiagnosisRun run, Deadline deadline) =>
        run.HasCrashed || deadline.Left == TimeSpan.Zero;

    private static DiagnosisResult Busy(TimeSpan budget) => DiagnosisResult.Unavailable(
        $"another diagnosis was running for the whole time budget of {Quantity.Seconds(budget)} "
        + "(LifetimeOptions.TimeBudget)");
}
