using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>One diagnosis on its thread.</summary>
#pragma warning disable CA1001 // The token source has no timer and no resources, and is canceled even after the end.
internal sealed class DiagnosisRun
#pragma warning restore CA1001
{
    private const int Running = 0, HasEnded = 1, IsGivenUp = 2;
    private readonly TaskCompletionSource<DiagnosisResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // The waiting thread watches the clock. A timer of our own would hide the program's timers in the snapshot.
    private readonly CancellationTokenSource _stop = new();
    private volatile CrashGuard? _guard;
    private volatile DiagnosisResult? _findings;
    private int _state;

    /// <param name="diagnose">The diagnosis; it should end when its token is canceled.</param>
    /// <param name="waiting">The thread that waits for it.</param>
    /// <param name="ended">Called at its end, with true when it was given up before.</param>
    public DiagnosisRun(Func<CancellationToken, DiagnosisResult> diagnose, BlockedCaller waiting, Action<bool> ended) =>
        Thread = new Thread(() =>
        {
            _findings = Diagnose(diagnose, waiting);
            // Set the result first: a caller that fails to give up the run reads it.
            Tell();
            End(ended);
        })
        {
            IsBackground = true,
            Name = "LifetimeMonitor diagnosis",
        };

    public Thread Thread { get; }

    /// <summary>The DAC crashed in it: it will never end.</summary>
    public bool HasCrashed => _guard?.HasCrashed == true;

    /// <summary>The findings, for a caller whose wait can be canceled.</summary>
    public Task<DiagnosisResult> Result => _result.Task;

    /// <summary>The findings, after the end.</summary>
    public DiagnosisResult DiagnosisResult => _findings!;

    public bool TryStart()
    {
        try
        {
            Thread.UnsafeStart();
            return true;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            return false;
        }
    }

    /// <summary>Asks it to end with its findings so far.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends the wait for it; false when it has ended.</summary>
    public bool TryGiveUp() => Interlocked.CompareExchange(ref _state, IsGivenUp, Running) == Running;

    // An exception that leaves the thread would end the process.
    private DiagnosisResult Diagnose(Func<CancellationToken, DiagnosisResult> diagnose, BlockedCaller waiting)
    {
        try
        {
            waiting.LetBlock();
            using CrashGuard? guard = _guard = DebuggingComponent.Guard();
            return diagnose(_stop.Token);
        }
        catch (OutOfMemoryException)
        {
            return DiagnosisResult.OutOfMemory;
        }
#pragma warning disable CA1031 // A diagnosis only adds words to a report; its failure must not end the test run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return DiagnosisResult.Failed(e);
        }
    }

    // Without memory for the wake-up, the caller wakes at its deadline. A caller that joins the thread needs none.
    private void Tell()
    {
        try
        {
            _result.SetResult(_findings!);
        }
        catch (OutOfMemoryException)
        {
        }
    }

    private void End(Action<bool> ended)
    {
        try
        {
            ended(Interlocked.CompareExchange(ref _state, HasEnded, Running) == IsGivenUp);
        }
        catch (OutOfMemoryException)
        {
        }
    }
}
