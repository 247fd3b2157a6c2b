namespace LifetimeMonitor;

/// <summary>
/// Keeps <see cref="Thread.Interrupt"/> out of a check: a wait that it ends is taken up again, and the interruption is pending once
/// more when the check has ended, for the next wait of the program's own.
/// </summary>
internal static class Interruption
{
    [ThreadStatic]
    private static int s_sections;

    [ThreadStatic]
    private static bool s_isPutOff;

    /// <summary>Until what is returned is disposed, on this thread, an interruption that ends a wait below is put off.</summary>
    public static Section PutOff() => new(isOutermost: s_sections++ == 0);

    /// <summary>Waits, for what is left of the time after each interruption.</summary>
    /// <param name="state">What to wait with.</param>
    /// <param name="longest">How long at most.</param>
    /// <param name="wait">The wait, which takes the time left and tells whether it was worth it.</param>
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

    /// <summary>The same, once: false when an interruption ended it.</summary>
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

    /// <summary>As the <c>lock</c> statement, which an interruption ends with an exception.</summary>
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
