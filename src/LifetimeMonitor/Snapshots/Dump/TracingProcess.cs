namespace LifetimeMonitor.Snapshots.Dump;

/// <summary>createdump on Linux, which stops all our threads while it works, with what ends it and continues us then.</summary>
internal sealed class TracingProcess : IDumpProcess
{
    // The thread that waits comes first, where it is not stopped; the signals come when there is nobody left to be confused by them.
    private static readonly TimeSpan s_untilItIsEnded = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_untilWeAreContinued = TimeSpan.FromMilliseconds(300);
    private readonly TracingPermission _permission;
    private readonly WakeUpTimer _wakeUp;
    private readonly SpawnedProcess _process;
    private readonly Watchdog? _watchdog;

    /// <exception cref="SnapshotRefusedException">The system does not start it.</exception>
    public TracingProcess(string program, IReadOnlyList<string> arguments, TimeSpan? left)
    {
        _permission = TracingPermission.ToDescendants();
        _wakeUp = WakeUpTimer.Begin(left + s_untilWeAreContinued);
        SpawnedProcess? process = null;
        try
        {
            process = SpawnedProcess.Start(program, arguments);
            if (left is { } time) _watchdog = Watchdog.Over(process, time + s_untilItIsEnded);
            _process = process;
        }
        catch
        {
            process?.Dispose();
            _wakeUp.Dispose();
            _permission.Dispose();
            throw;
        }
    }

    public string Output => _process.Output;

    public string Errors => _process.Errors;

    public int? ExitCode => _process.ExitCode;

    public int? EndSignal => _process.EndSignal;

    public void Begin() => _process.Begin();

    public bool HasEnded(TimeSpan moment) => _process.HasEnded(moment);

    public void Kill()
    {
        _wakeUp.Start();
        _process.Kill();
    }

    public void Dispose()
    {
        // It did not take its hands off us; until all of this is over we may be stopped as a whole.
        if (ExitCode is null) _wakeUp.Start();
        _watchdog?.Dispose();
        _process.Dispose();
        // A thread that has not obeyed its SIGSTOP by now will not any more.
        if (ExitCode is null) _ = ChildCalls.kill(Environment.ProcessId, ChildCalls.ContinueSignal);
        _wakeUp.Dispose();
        _permission.Dispose();
    }
}
