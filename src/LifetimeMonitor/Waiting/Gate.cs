namespace LifetimeMonitoring.Waiting;

/// <summary>
/// A lock with a condition to wait for. No interruption ends the wait, and its end needs no thread of the pool.
/// </summary>
internal sealed class Gate
{
    private readonly object _lock = new();

    /// <summary>Waits for a while.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static void Pause(TimeSpan pause, CancellationToken cancellationToken)
    {
        var gate = new Gate();
        using (gate.Enter()) _ = gate.Wait(static () => false, pause, cancellationToken);
    }

    public Interruption.Locked Enter() => Interruption.Lock(_lock);

    /// <summary>Makes the waiting threads check their conditions again.</summary>
    public void Wake()
    {
        using (Enter()) Monitor.PulseAll(_lock);
    }

    /// <summary>
    /// Waits until a condition holds; false when the time runs out. Call it inside the gate; the wait opens the gate.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public bool Wait(Func<bool> condition, TimeSpan longest, CancellationToken cancellationToken = default)
    {
        using Interruption.Section section = Interruption.PutOff();
        CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(static gate => ((Gate)gate!).Wake(), this);
        try
        {
            var deadline = new Deadline(longest);
            while (!condition())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (deadline.Left is var left && left == TimeSpan.Zero) return false;
                // An interruption may come together with the wake-up: the condition is checked after either.
                _ = Interruption.TryWait(_lock, left, Monitor.Wait, out _);
            }

            return true;
        }
        finally
        {
            // Not Dispose, which waits for the callback, which waits for this lock.
            _ = registration.Unregister();
        }
    }
}
