namespace LifetimeMonitoring;

/// <summary>How the frozen copy of the process is made in which the path is searched.</summary>
public enum SnapshotKind
{
    /// <summary>No copy was made.</summary>
    None = 0,

    /// <summary>
    /// A copy-on-write clone of the process (Linux x64 and arm64): about a millisecond, nothing is written to disk.
    /// </summary>
    Clone = 1,

    /// <summary>A process snapshot of Windows (PSS), made through ClrMD.</summary>
    ProcessSnapshot = 2,

    /// <summary>
    /// A core dump (Linux; macOS, untested) that createdump, which lies beside the runtime, writes to a directory of
    /// our own; it is deleted afterwards. Hundreds of milliseconds, in which all threads stand still.
    /// </summary>
    Dump = 3,
}
