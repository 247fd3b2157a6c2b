using System.Diagnostics;

namespace LifetimeMonitor.Collecting;

/// <summary>
/// Waits for pending finalizers on a thread of its own, so that one that never returns costs its budget and not the test run.
/// While a wait is stuck, later ones join it instead of adding a thread each.
/// </summary>
internal sealed class FinalizerWait
{
    private readonly object _gate = new();
    private Task? _pending;

    /// <summary>The one of this process, because the runtime has one finalizer thread.</summary>
    public static FinalizerWait Shared { get; } = new();

    /// <summary>Waits no longer than the budget.</summary>
    public CollectionStep Run(TimeSpan budget)
    {
        long start = Stopwatch.GetTimestamp();
        return Begin() is { } wait ? Step(start, wait.Wait(budget)) : NotWaited(start);
    }

    public async Task<CollectionStep> RunAsync(TimeSpan budget, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        if (Begin() is not { } wait) return NotWaited(start);
        Task first = await Task.WhenAny(wait, Task.Delay(budget, cancellationToken)).ConfigureAwait(true);
        cancellationToken.ThrowIfCancellationRequested();
        return Step(start, first == wait);
    }

    private static CollectionStep Step(long start, bool ended) =>
        new(CollectionStepKind.Finalizers, -1, Stopwatch.GetElapsedTime(start), ended, SentinelDied: null);

    // An exception that left the thread would end the process. Where there is no memory to wake the waiting thread, that wakes at its deadline.
    private static void WaitAndTell(TaskCompletionSource ended)
    {
        try
        {
            GC.WaitForPendingFinalizers();
            ended.SetResult();
        }
        catch (OutOfMemoryException)
        {
        }
    }

    private static CollectionStep NotWaited(long start) => Step(start, ended: false) with { LacksThread = true };

    // Null when the system gives no thread.
    private Task? Begin()
    {
        lock (_gate)
        {
            if (_pending is { IsCompleted: false } stuck) return stuck;
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var thread = new Thread(() => WaitAndTell(ended))
            {
                IsBackground = true,
                Name = "LifetimeMonitor finalizer wait",
            };
            try
            {
                thread.UnsafeStart();
            }
            catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
            {
                return null;
            }

            return _pending = ended.Task;
        }
    }
}
