namespace LifetimeMonitoring.Waiting;

/// <summary>
/// Keeps <see cref="Thread.Interrupt"/> out of a check: an interrupted wait resumes. The interruption becomes pending
/// again at the end of the check, for the program's next own wait.
/// </summary>
internal static class Interruption
{
    [ThreadStatic]
    private static int s_sections;

    [ThreadStatic]
    private static bool s_isPutOff;

    /// <summary>Postpones interruptions of the waits below on this thread, until the result is disposed.</summary>
    public static Section PutOff() => new(isOutermost: s_sections++ == 0);

    /// <summary>Waits, and resumes with the time left after each interruption.</summary>
    /// <param name="state">The argument of the wait.</param>
    /// <param name="longest">The maximum time.</param>
    /// <param name="wait">The wait, which takes the time left and returns whether it succeeded.</param>
    public static bool Wait<T>(T state, TimeSpan longest, Func<T, TimeSpan, bool> wait)
    {
        using Section section = PutOff();
        var deadline = new Deadline(longest);
        bool isWorthIt;
        while (!TryWait(state, deadline.Left, wait, out isWorthIt))
        {
        }

        return isWorthIt;
    }

    /// <summary>The same, once: false when an interruption ended the wait.</summary>
    public static bool TryWait<T>(T state, TimeSpan longest, Func<T, TimeSpan, bool> wait, out bool isWorthIt)
    {
        using Section section = PutOff();
        try
        {
            isWorthIt = wait(state, longest);
            return true;
        }
        catch (ThreadInterruptedException)
        {
            s_isPutOff = true;
            return isWorthIt = false;
        }
    }

    /// <summary>Like the <c>lock</c> statement, except that an interruption would end that with an exception.</summary>
    public static Locked Lock(object gate)
    {
        _ = Wait(gate, TimeSpan.MaxValue, static (gate, left) => Monitor.TryEnter(gate, left));
        return new Locked(gate);
    }

    public readonly ref struct Section(bool isOutermost)
    {
        public void Dispose()
        {
            s_sections--;
            if (!isOutermost || !s_isPutOff) return;
            s_isPutOff = false;
            Thread.CurrentThread.Interrupt();
        }
    }

    public readonly ref struct Locked(object gate)
    {
        public void Dispose() => Monitor.Exit(gate);
    }
}
