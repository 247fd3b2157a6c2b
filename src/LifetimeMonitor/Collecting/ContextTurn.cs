using System.Diagnostics;

namespace LifetimeMonitor.Collecting;

/// <summary>One turn of a <see cref="CallerContext"/>. Withdrawn, it does nothing when it comes, and keeps nothing until then.</summary>
/// <param name="gate">Opened when it begins and when it ends.</param>
/// <param name="call">What to call in it; null for nothing.</param>
/// <param name="flow">What is ambient where the check was begun.</param>
internal sealed class ContextTurn(Gate gate, Action? call, ExecutionContext? flow) : IThreadPoolWorkItem
{
    private readonly Gate _gate = gate;
    private Action? _call = call;
    private ExecutionContext? _flow = flow;
    private bool _isWithdrawn;

    /// <summary>The thread it came on; null while it has not.</summary>
    public int? ThreadId { get; private set; }

    public bool HasEnded { get; private set; }

    /// <summary>What was thrown by what was called.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How long what was called took, where that is known.</summary>
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
            if (call is not null && flow is not null) ExecutionContext.Run(flow, static call => ((Action)call!)(), call);
            else call?.Invoke();
        }
#pragma warning disable CA1031 // It is thrown on to the caller, by the thread that waits for this.
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

    /// <summary>Nobody waits for it any more. Inside the gate.</summary>
    public void Withdraw()
    {
        _isWithdrawn = true;
        (_call, _flow) = (null, null);
    }
}
