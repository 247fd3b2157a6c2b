namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>The running program that writes a dump. Disposing it ends the program and leaves nothing behind.</summary>
internal interface IDumpProcess : IDisposable
{
    /// <summary>Its progress messages; complete once it has ended.</summary>
    string Output { get; }

    /// <summary>Its error messages; complete once it has ended.</summary>
    string Errors { get; }

    /// <summary>Lets it begin, if we control that. Before this it has not stopped any of our threads.</summary>
    void Begin();

    /// <summary>Whether it has ended; waits at most a moment for that.</summary>
    bool HasEnded(TimeSpan moment);

    /// <summary>Its exit code once it has ended; null if a signal ended it, or the system does not report it.</summary>
    int? ExitCode { get; }

    /// <summary>The signal that ended it; null if none did, or the system does not report it.</summary>
    int? EndSignal { get; }

    /// <summary>Kills it. Any thread may do that at any time, even after its end.</summary>
    void Kill();
}
