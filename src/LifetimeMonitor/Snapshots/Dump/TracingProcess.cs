namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>
/// createdump on Linux, which stops all our threads while it works, and the means to end it and to continue us.
/// </summary>
internal sealed class TracingProcess : IDumpProcess
{
    // The waiting thread ends createdump first, unless it is stopped. The signals come last, when they can confuse no
    // tracer.
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
        // createdump may not have detached from us; until all of this is over, the whole process may be stopped.
        if (ExitCode is null) _wakeUp.Start();
        _watchdog?.Dispose();
        _process.Dispose();
        // A thread that has not obeyed its SIGSTOP by now never will.
        if (ExitCode is null) _ = ChildCalls.kill(Environment.ProcessId, ChildCalls.ContinueSignal);
        _wakeUp.Dispose();
        _permission.Dispose();
    }
}
