using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace LifetimeMonitor.Collecting;

/// <summary>
/// Where a check that is awaited was begun, and goes on for the caller: a synchronization context, a task scheduler, or else the thread
/// pool. It is given turns, and is not relied on: one that does not run in time is passed over from then on.
/// </summary>
internal sealed class CallerContext
{
    private readonly SynchronizationContext? _context;
    private readonly TaskScheduler? _scheduler;
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private readonly Gate _gate = new();
    private ContextTurn? _first;

    /// <summary>Captures that of the calling thread, as the compiler's awaits have it, and asks it for its first turn.</summary>
    /// <param name="call">What it is to call in that; null for nothing.</param>
    public CallerContext(Action? call)
    {
        if (SynchronizationContext.Current is { } context && context.GetType() != typeof(SynchronizationContext)) _context = context;
        else if (TaskScheduler.Current != TaskScheduler.Default) _scheduler = TaskScheduler.Current;
        _first = Ask(call);
    }

    /// <summary>The context or the scheduler; null where it is the thread pool.</summary>
    public object? Target => (object?)_context ?? _scheduler;

    /// <summary>The thread of its last turn; at first the one that the check was begun on.</summary>
    public int ThreadId { get; private set; } = Environment.CurrentManagedThreadId;

    /// <summary>How long what was called in its turns took.</summary>
    public TimeSpan TimeOfCalls { get; private set; }

    /// <summary>It had a turn.</summary>
    public bool HasRun { get; private set; }

    /// <summary>A callback was not called, because it did not run.</summary>
    public bool MissedCall { get; private set; }

    /// <summary>How long it was waited for when it did not run; null when it always did.</summary>
    public TimeSpan? StalledFor { get; private set; }

    /// <summary>What it threw instead; null for nothing.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Waits for its first turn; later gives it another one when there is something to call.</summary>
    /// <param name="call">What to call; what that throws is thrown on.</param>
    /// <param name="longest">How long it may take to begin.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
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
                bool hasBegun = Refusal is null && _gate.Wait(() => turn.ThreadId is not null, longest, cancellationToken);
                if (!hasBegun) StalledFor = Stopwatch.GetElapsedTime(start);
                // What was called is the program's own, and takes what it takes.
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
#pragma warning disable CA1031 // A context that is gone may throw anything; the check is made beside it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Refusal = $"{e.GetType().Name}: {e.Message}";
        }

        return turn;
    }
}
