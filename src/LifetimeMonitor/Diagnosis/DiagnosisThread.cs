namespace LifetimeMonitor.Diagnosis;

/// <summary>
/// Runs one diagnosis at a time, each on a thread of its own that lives until its snapshot is gone: the kernel kills a clone
/// when the thread that made it ends, and every other thread, the asserting one too, is then an ordinary one to look at.
/// </summary>
internal sealed class DiagnosisThread : IDisposable
{
    private static readonly TimeSpan s_graceAfterBudget = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_timeToBlock = TimeSpan.FromMilliseconds(50);
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>The one of this process: two diagnoses at once would see each other.</summary>
    public static DiagnosisThread Shared { get; } = new();

    /// <summary>The findings, or why there are none within the budget; a thread that is late ends by itself.</summary>
    public Findings Run(Func<CancellationToken, Findings> diagnose, TimeSpan budget)
    {
        if (!_oneAtATime.Wait(budget)) return Busy(budget);
        if (Start(diagnose, budget, Thread.CurrentThread) is not var (thread, result)) return NoThread;
        // Joining, not waiting for the task: the asserting thread is then blocked, and nothing of the diagnosis is left.
        return thread.Join(budget + s_graceAfterBudget) ? result.GetAwaiter().GetResult() : Late(budget);
    }

    /// <summary>As <see cref="Run"/>, without blocking.</summary>
    public async Task<Findings> RunAsync(Func<CancellationToken, Findings> diagnose, TimeSpan budget, CancellationToken cancellationToken)
    {
        if (!await _oneAtATime.WaitAsync(budget, cancellationToken).ConfigureAwait(true)) return Busy(budget);
        if (Start(diagnose, budget, asserting: null) is not var (thread, result)) return NoThread;
        Task first = await Task.WhenAny(result, Task.Delay(budget + s_graceAfterBudget, cancellationToken)).ConfigureAwait(true);
        cancellationToken.ThrowIfCancellationRequested();
        if (first != result) return Late(budget);
        _ = thread.Join(s_graceAfterBudget);
        return await result.ConfigureAwait(true);
    }

    public void Dispose() => _oneAtATime.Dispose();

    private (Thread Thread, Task<Findings> Result)? Start(Func<CancellationToken, Findings> diagnose, TimeSpan budget, Thread? asserting)
    {
        var result = new TaskCompletionSource<Findings>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            Findings findings;
            try
            {
                if (asserting is not null) LetBlock(asserting);
                using var stop = new CancellationTokenSource(budget);
                findings = diagnose(stop.Token);
            }
#pragma warning disable CA1031 // Diagnosis adds words or none; whatever goes wrong in it must not end the test run.
            catch (Exception e)
#pragma warning restore CA1031
            {
                findings = Findings.Unavailable($"the diagnosis failed ({e.GetType().Name}: {e.Message})");
            }

            _ = _oneAtATime.Release();
            result.SetResult(findings);
        })
        {
            IsBackground = true,
            Name = "LifetimeMonitor diagnosis",
        };
        try
        {
            thread.UnsafeStart();
            return (thread, result.Task);
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            _ = _oneAtATime.Release();
            return null;
        }
    }

    // The stack of a blocked thread can be named frame by frame: give the asserting one a moment to get there, first to say
    // that it waits, then to do it.
    private static void LetBlock(Thread asserting)
    {
        _ = SpinWait.SpinUntil(() => (asserting.ThreadState & ThreadState.WaitSleepJoin) != 0, s_timeToBlock);
        Thread.Sleep(1);
    }

    private static Findings NoThread => Findings.Unavailable("the system gives no thread for the diagnosis: a limit on threads or memory is reached");

    private static Findings Busy(TimeSpan budget) =>
        Findings.Unavailable($"another diagnosis was running for the whole time budget of {budget.TotalSeconds:0.#} s (LifetimeOptions.TimeBudget)");

    private static Findings Late(TimeSpan budget) =>
        Findings.Unavailable($"the diagnosis did not end within the time budget of {budget.TotalSeconds:0.#} s (LifetimeOptions.TimeBudget)");
}
