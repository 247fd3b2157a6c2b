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

    public CollectionStep Run(TimeSpan budget)
    {
        long start = Stopwatch.GetTimestamp();
        bool ended = Begin().Wait(budget);
        return Step(start, ended);
    }

    public async Task<CollectionStep> RunAsync(TimeSpan budget, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        Task wait = Begin();
        Task first = await Task.WhenAny(wait, Task.Delay(budget, cancellationToken)).ConfigureAwait(true);
        cancellationToken.ThrowIfCancellationRequested();
        return Step(start, first == wait);
    }

    private static CollectionStep Step(long start, bool ended) =>
        new(CollectionStepKind.Finalizers, -1, Stopwatch.GetElapsedTime(start), ended, SentinelDied: null);

    private Task Begin()
    {
        lock (_gate)
        {
            if (_pending is { IsCompleted: false } stuck) return stuck;
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var thread = new Thread(() =>
            {
                GC.WaitForPendingFinalizers();
                ended.SetResult();
            })
            {
                IsBackground = true,
                Name = "LifetimeMonitor finalizer wait",
            };
            thread.UnsafeStart();
            return _pending = ended.Task;
        }
    }
}
