namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>The memory of a <see cref="SearchChannel"/>. It exists before the clone, which inherits it.</summary>
internal sealed unsafe class ChannelMemory : IDisposable
{
    private static readonly nint s_length = sizeof(SearchHeader) + (SearchHeader.Words * sizeof(ulong));
    private readonly ILinux _linux;
    private readonly MemoryWatch? _watch;

    /// <param name="linux">The system calls.</param>
    /// <param name="settings">How the clone searches itself; null for the default.</param>
    /// <exception cref="SnapshotRefusedException">There is no memory for it.</exception>
    public ChannelMemory(ILinux linux, SearchSettings? settings = null)
    {
        _linux = linux;
        settings ??= SearchSettings.Default;
        nint memory = linux.AllocateShared(s_length);
        Header = memory > 0
            ? (SearchHeader*)memory
            : throw new SnapshotRefusedException(CloneErrors.Explain((int)-memory));
        Header->MaxEntries = long.MaxValue;
        Header->Memory = -1;
        Header->View = settings.View;
        Header->LeastShared = settings.LeastShared ?? (linux.Processors() == 1 ? ulong.MaxValue : 0);
        (Header->Usage, Header->Statistics) = (-1, -1);
        _watch = settings.Memory?.Watch();
        if (_watch is not null)
            (Header->Usage, Header->Statistics, Header->MemoryLimit) = (_watch.Usage, _watch.Statistics, (ulong)_watch.Limit);
    }

    public nint Address => (nint)Header;

    /// <summary>Null after the end.</summary>
    public SearchHeader* Header { get; private set; }

    public void Dispose()
    {
        _watch?.Dispose();
        if (Header is not null) _linux.FreeShared(Address, s_length);
        Header = null;
    }
}
