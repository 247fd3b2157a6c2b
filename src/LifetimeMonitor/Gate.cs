namespace LifetimeMonitor;

/// <summary>A lock, and a condition to wait for. No interruption ends the wait, and no thread of the pool is needed to end it.</summary>
internal sealed class Gate
{
    private readonly object _lock = new();

    /// <summary>Waits for a while.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Pause(TimeSpan pause, CancellationToken cancellationToken)
    {
        var gate = new Gate();
        using (gate.Enter()) _ = gate.Wait(static () => false, pause, cancellationToken);
    }

    public Interruption.Locked Enter() => Interruption.Lock(_lock);

    /// <summary>Has the condition looked at again.</summary>
    public void Wake()
    {
        using (Enter()) Monitor.PulseAll(_lock);
    }

    /// <summary>Waits until a condition holds; false when it does not in time. Inside the gate, which is open while it waits.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public bool Wait(Func<bool> condition, TimeSpan longest, CancellationToken cancellationToken = default)
    {
        using Interruption.Section section = Interruption.PutOff();
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static gate => ((Gate)gate!).Wake(), this);
        try
        {
            var deadline = new Deadline(longest);
            while (!condition())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (deadline.Left is var left && left == TimeSpan.Zero) return false;
                // An interruption may come with the call that wakes it: the condition is looked at after either.
                _ = Interruption.TryWait(_lock, left, Monitor.Wait, out _);
            }

            return true;
        }
        finally
        {
            // Not disposed: that waits for the callback, which waits for this lock.
            _ = registration.Unregister();
        }
    }
}
