using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace LifetimeMonitoring.Collecting;

/// <summary>
/// The context in which an awaited check began and its caller continues: a synchronization context, a task scheduler,
/// or else the thread pool. The check asks it for turns, but does not rely on it: after a turn that does not run in
/// time, the check skips the context.
/// </summary>
internal sealed class CallerContext
{
    private readonly SynchronizationContext? _context;
    private readonly TaskScheduler? _scheduler;
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private readonly Gate _gate = new();
    private ContextTurn? _first;

    /// <summary>Captures the calling thread's context, as a compiled await does, and asks for its first turn.</summary>
    /// <param name="call">The callback of that turn; null for none.</param>
    public CallerContext(Action? call)
    {
        if (SynchronizationContext.Current is { } context && context.GetType() != typeof(SynchronizationContext))
            _context = context;
        else if (TaskScheduler.Current != TaskScheduler.Default) _scheduler = TaskScheduler.Current;
        _first = Ask(call);
    }

    /// <summary>The context or the scheduler; null for the thread pool.</summary>
    public object? Target => (object?)_context ?? _scheduler;

    /// <summary>The thread of its last turn; at first the thread that began the check.</summary>
    public int ThreadId { get; private set; } = Environment.CurrentManagedThreadId;

    /// <summary>The duration of the callbacks in its turns.</summary>
    public TimeSpan TimeOfCalls { get; private set; }

    /// <summary>It had a turn.</summary>
    public bool HasRun { get; private set; }

    /// <summary>A callback was not called, because the context did not run.</summary>
    public bool MissedCall { get; private set; }

    /// <summary>The time of the wait for a turn that did not run; null when every turn ran.</summary>
    public TimeSpan? StalledFor { get; private set; }

    /// <summary>The exception that it threw instead; null for none.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Waits for its first turn; later gives it another one when there is a callback.</summary>
    /// <param name="call">The callback; its exceptions are rethrown.</param>
    /// <param name="longest">The maximum time until the turn begins.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public void Call(Action? call, TimeSpan longest, CancellationToken cancellationToken)
    {
        ContextTurn? turn = _first ?? (StalledFor is null && call is not null ? Ask(call) : null);
        _first = null;
        if (turn is not null) WaitFor(turn, longest, cancellationToken);
        MissedCall |= StalledFor is not null && call is not null;
    }

    private void WaitFor(ContextTurn turn, TimeSpan longest, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        using (_gate.Enter())
        {
            try
            {
                bool hasBegun = Refusal is null
                    && _gate.Wait(() => turn.ThreadId is not null, longest, cancellationToken);
                if (!hasBegun) StalledFor = Stopwatch.GetElapsedTime(start);
                // The callback belongs to the program, so its time is not limited.
                else _ = _gate.Wait(() => turn.HasEnded, TimeSpan.MaxValue, cancellationToken);
            }
            finally
            {
                turn.Withdraw();
            }
        }

        HasRun |= turn.ThreadId is not null;
        ThreadId = turn.ThreadId ?? ThreadId;
        TimeOfCalls += turn.TimeOfCall;
        if (turn.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    private ContextTurn Ask(Action? call)
    {
        var turn = new ContextTurn(_gate, call, _flow);
        try
        {
            if (_context is not null) _context.Post(ContextTurn.Execute, turn);
            else if (_scheduler is null) _ = ThreadPool.UnsafeQueueUserWorkItem(turn, preferLocal: false);
            else new Task(ContextTurn.Execute, turn, TaskCreationOptions.PreferFairness).Start(_scheduler);
        }
#pragma warning disable CA1031 // A context that is gone may throw anything; the check continues without it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Refusal = $"{e.GetType().Name}: {e.Message}";
        }

        return turn;
    }
}
