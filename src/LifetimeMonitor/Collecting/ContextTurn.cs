using System.Diagnostics;

namespace LifetimeMonitoring.Collecting;

/// <summary>
/// One turn of a <see cref="CallerContext"/>. After a withdrawal it does nothing when it runs, and holds nothing until
/// then.
/// </summary>
/// <param name="gate">Opened when it begins and when it ends.</param>
/// <param name="call">The callback; null for none.</param>
/// <param name="flow">The execution context in which the check began.</param>
internal sealed class ContextTurn(Gate gate, Action? call, ExecutionContext? flow) : IThreadPoolWorkItem
{
    private readonly Gate _gate = gate;
    private Action? _call = call;
    private ExecutionContext? _flow = flow;
    private bool _isWithdrawn;

    /// <summary>The thread that it ran on; null before it ran.</summary>
    public int? ThreadId { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>The exception of the callback.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The duration of the callback, where it is known.</summary>
    public TimeSpan TimeOfCall { get; private set; }

    public static void Execute(object? turn) => ((ContextTurn)turn!).Execute();

    public void Execute()
    {
        (Action? call, ExecutionContext? flow) = (null, null);
        using (_gate.Enter())
        {
            if (_isWithdrawn) return;
            ThreadId = Environment.CurrentManagedThreadId;
            (call, flow) = (_call, _flow);
        }

        _gate.Wake();
        long start = Stopwatch.GetTimestamp();
        try
        {
            if (call is not null && flow is not null)
                ExecutionContext.Run(flow, static call => ((Action)call!)(), call);
            else call?.Invoke();
        }
#pragma warning disable CA1031 // The thread that waits for this turn rethrows it to the caller.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failure = e;
        }

        using (_gate.Enter())
        {
            HasEnded = true;
            if (call is not null) TimeOfCall = Stopwatch.GetElapsedTime(start);
        }

        _gate.Wake();
    }

    /// <summary>Marks that no thread waits for it any more. Call it inside the gate.</summary>
    public void Withdraw()
    {
        _isWithdrawn = true;
        (_call, _flow) = (null, null);
    }
}
