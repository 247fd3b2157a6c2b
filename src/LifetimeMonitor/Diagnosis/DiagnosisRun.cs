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
    private int _state;

    /// <param name="diagnose">What to do; it should end when its token says so.</param>
    /// <param name="waiting">The thread that waits for it.</param>
    /// <param name="ended">Called at its end, with true when it was given up before.</param>
    public DiagnosisRun(Func<CancellationToken, Findings> diagnose, WaitingThread waiting, Action<bool> ended) =>
        Thread = new Thread(() =>
        {
            Findings findings;
            try
            {
                waiting.LetBlock();
                using CrashGuard? guard = _guard = DebuggingComponent.Guard();
                findings = diagnose(_stop.Token);
            }
#pragma warning disable CA1031 // Diagnosis adds words or none; whatever goes wrong in it must not end the test run.
            catch (Exception e)
#pragma warning restore CA1031
            {
                findings = Findings.Unavailable($"the diagnosis failed ({e.GetType().Name}: {e.Message})");
            }

            // The result comes first: who fails to give up finds it.
            _result.SetResult(findings);
            ended(Interlocked.CompareExchange(ref _state, HasEnded, Running) == IsGivenUp);
        })
        {
            IsBackground = true,
            Name = "LifetimeMonitor diagnosis",
        };

    public Thread Thread { get; }

    /// <summary>The runtime's debugging component crashed in it: it will never end.</summary>
    public bool HasCrashed => _guard?.HasCrashed == true;

    public Task<Findings> Result => _result.Task;

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
}
