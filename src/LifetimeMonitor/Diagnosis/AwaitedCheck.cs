using LifetimeMonitor.Collecting;

namespace LifetimeMonitor.Diagnosis;

/// <summary>
/// A check that is awaited, from its first look on. It has a thread of its own, so that neither a context that does not run nor a pool
/// without threads keeps it from its end, and so that the thread of its caller is free meanwhile. The one that waits for its task is
/// found by it in a snapshot.
/// </summary>
/// <typeparam name="TResult">What its task brings.</typeparam>
internal sealed class AwaitedCheck<TResult> : TaskCompletionSource<TResult>
{
    private readonly RunningCheck _check;
    private readonly CallerContext _caller;
    private readonly Func<IReadOnlyList<LifetimeReport>, TResult> _conclude;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancellation;

    // What waits for the task must not go on beneath the thread of the check.
    private AwaitedCheck(
        RunningCheck check,
        Func<IReadOnlyList<LifetimeReport>, TResult> conclude,
        CancellationToken cancellationToken)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        (_check, _conclude, _cancellationToken) = (check, conclude, cancellationToken);
        _caller = new CallerContext(check.BeforeCollect);
        _cancellation = cancellationToken.UnsafeRegister(static check => ((AwaitedCheck<TResult>)check!).Cancel(), this);
    }

    /// <summary>Begins it, where it is to go on for the caller.</summary>
    /// <param name="check">The check, after its first look.</param>
    /// <param name="conclude">Makes of the reports what the task brings, or throws what it fails with.</param>
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

/// <summary>Those that are under way: what waits for one is held by it here, and not by a stack alone.</summary>
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
