using System.Collections.Concurrent;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>Accepts every callback and runs none.</summary>
internal sealed class DeafContext : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _posted = new();

    public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue((d, state));
}

/// <summary>Rejects every callback, like a context whose window is closed.</summary>
internal sealed class ThrowingContext : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => throw new InvalidOperationException("the window is gone");
}

/// <summary>Runs every callback on its own thread, half a second late.</summary>
internal sealed class LateContext : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];
    private readonly Thread _thread;

    public LateContext()
    {
        _thread = new Thread(() =>
        {
            foreach ((SendOrPostCallback callback, object? state) in _posted.GetConsumingEnumerable())
            {
                Thread.Sleep(500);
                callback(state);
            }
        })
        { IsBackground = true };
        _thread.Start();
    }

    public int ThreadId => _thread.ManagedThreadId;

    public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

    public void Dispose() => _posted.CompleteAdding();
}

/// <summary>The same as a task scheduler.</summary>
internal sealed class DeafScheduler : TaskScheduler
{
    private readonly ConcurrentQueue<Task> _queued = new();

    protected override IEnumerable<Task> GetScheduledTasks() => _queued;

    protected override void QueueTask(Task task) => _queued.Enqueue(task);

    // It runs a task that is started synchronously.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && TryExecuteTask(task);
}
