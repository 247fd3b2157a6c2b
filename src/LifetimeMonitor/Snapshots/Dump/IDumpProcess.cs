namespace LifetimeMonitor.Snapshots.Dump;

/// <summary>The program that writes a dump, while it runs; disposing it ends it and leaves nothing of it behind.</summary>
internal interface IDumpProcess : IDisposable
{
    /// <summary>What it printed of its progress; complete once it has ended.</summary>
    string Output { get; }

    /// <summary>What it printed of its failure; complete once it has ended.</summary>
    string Errors { get; }

    /// <summary>Lets it begin, where that is in our hands. Before, it has not stopped any of our threads.</summary>
    void Begin();

    /// <summary>Whether it has ended; waits no longer than a moment for that.</summary>
    bool HasEnded(TimeSpan moment);

    /// <summary>What it returned once it has ended; null where a signal ended it, or the system does not tell.</summary>
    int? ExitCode { get; }

    /// <summary>The signal that ended it; null where none did, or the system does not tell.</summary>
    int? EndSignal { get; }

    /// <summary>Kills it. Any thread may do that at any time, also after its end.</summary>
    void Kill();
}
