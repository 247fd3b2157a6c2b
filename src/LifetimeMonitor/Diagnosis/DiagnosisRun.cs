using LifetimeMonitor.Heap.Opening;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.Diagnosis;

/// <summary>One diagnosis on its thread.</summary>
#pragma warning disable CA1001 // The token source has no timer and nothing to give back, and is told to stop after the end as well as before.
internal sealed class DiagnosisRun
#pragma warning restore CA1001
{
    private const int Running = 0, HasEnded = 1, IsGivenUp = 2;
    private readonly TaskCompletionSource<Findings> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // Who waits watches the clock: a timer of our own would be in the snapshot, in the way to the program's timers.
    private readonly CancellationTokenSource _stop = new();
    private volatile CrashGuard? _guard;
    private volatile Findings? _findings;
    private int _state;

    /// <param name="diagnose">What to do; it should end when its token says so.</param>
    /// <param name="waiting">The thread that waits for it.</param>
    /// <param name="ended">Called at its end, with true when it was given up before.</param>
    public DiagnosisRun(Func<CancellationToken, Findings> diagnose, WaitingThread waiting, Action<bool> ended) =>
        Thread = new Thread(() =>
        {
            _findings = Diagnose(diagnose, waiting);
            // The result comes first: a caller that fails to give the run up finds it.
            Tell();
            End(ended);
        })
        {
            IsBackground = true,
            Name = "LifetimeMonitor diagnosis",
        };

    public Thread Thread { get; }

    /// <summary>The runtime's debugging component crashed in it: it will never end.</summary>
    public bool HasCrashed => _guard?.HasCrashed == true;

    /// <summary>For a caller that can be told to wait no longer.</summary>
    public Task<Findings> Result => _result.Task;

    /// <summary>Once it has ended.</summary>
    public Findings Findings => _findings!;

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

    /// <summary>Asks it to end with what it has found.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Nobody waits for it any more; false when it has ended.</summary>
    public bool TryGiveUp() => Interlocked.CompareExchange(ref _state, IsGivenUp, Running) == Running;

    // An exception that left the thread would end the process.
    private Findings Diagnose(Func<CancellationToken, Findings> diagnose, WaitingThread waiting)
    {
        try
        {
            waiting.LetBlock();
            using CrashGuard? guard = _guard = DebuggingComponent.Guard();
            return diagnose(_stop.Token);
        }
        catch (OutOfMemoryException)
        {
            return Findings.OutOfMemory;
        }
#pragma warning disable CA1031 // Diagnosis adds words or none; whatever goes wrong in it must not end the test run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Findings.Failed(e);
        }
    }

    // Where there is no memory to wake a caller, that wakes at its deadline. One that joins the thread needs none.
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
