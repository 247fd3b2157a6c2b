using LifetimeMonitoring.Collecting;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// An awaited check after its first look. It has a thread of its own, so that it ends even if the caller's context does
/// not run or the pool has no threads, and so that the caller's thread is free meanwhile. In a snapshot, this object
/// leads to the method that awaits its task.
/// </summary>
/// <typeparam name="TResult">The result of its task.</typeparam>
internal sealed class AwaitedCheck<TResult> : TaskCompletionSource<TResult>
{
    private readonly RunningCheck _check;
    private readonly CallerContext _caller;
    private readonly Func<IReadOnlyList<LifetimeReport>, TResult> _conclude;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancellation;

    // Continuations of the task must not run on the thread of the check.
    private AwaitedCheck(
        RunningCheck check,
        Func<IReadOnlyList<LifetimeReport>, TResult> conclude,
        CancellationToken cancellationToken)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        (_check, _conclude, _cancellationToken) = (check, conclude, cancellationToken);
        _caller = new CallerContext(check.BeforeCollect);
        _cancellation =
            cancellationToken.UnsafeRegister(static check => ((AwaitedCheck<TResult>)check!).Cancel(), this);
    }

    /// <summary>Begins it in the context in which the caller continues.</summary>
    /// <param name="check">The check, after its first look.</param>
    /// <param name="conclude">Turns the reports into the result of the task, or throws its exception.</param>
    /// <param name="cancellationToken">Ends the task at once, and the check soon after.</param>
    public static Task<TResult> Begin(
        RunningCheck check,
        Func<IReadOnlyList<LifetimeReport>, TResult> conclude,
        CancellationToken cancellationToken)
    {
        var awaited = new AwaitedCheck<TResult>(check, conclude, cancellationToken);
        AwaitedChecks.Add(awaited);
        var thread = new Thread(awaited.Run) { IsBackground = true, Name = "LifetimeMonitor check" };
        try
        {
            thread.UnsafeStart();
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(static awaited => awaited.Run(), awaited, preferLocal: false);
        }

        return awaited.Task;
    }

    private void Run()
    {
        Outcome.Set(this, Conclude);
        _ = _cancellation.Unregister();
    }

    private TResult Conclude()
    {
        try
        {
            return _conclude(_check.RunBeside(_caller, _cancellationToken));
        }
        finally
        {
            AwaitedChecks.Remove(this);
        }
    }

    private void Cancel() => TrySetCanceled(_cancellationToken);
}

/// <summary>
/// The running checks. The list holds the methods that await them, which otherwise only a stack might hold.
/// </summary>
internal static class AwaitedChecks
{
    private static readonly Gate s_gate = new();
    private static readonly List<object> s_underWay = [];

    public static void Add(object check)
    {
        using (s_gate.Enter()) s_underWay.Add(check);
    }

    public static void Remove(object check)
    {
        using (s_gate.Enter()) _ = s_underWay.Remove(check);
    }
}
