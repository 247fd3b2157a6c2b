using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>
/// A copy-on-write clone of this process. Make and dispose it on one thread that lives as long as the clone: the
/// kernel kills the clone when the thread that made it ends.
/// </summary>
internal sealed class CloneSnapshot : ProcessSnapshot
{
    private readonly ILinux _linux;
    private readonly Lazy<StackMap> _stackMap;
    private readonly SafeFileHandle _memory;
    private IReadOnlyList<AddressRange> _writtenSoon = [];
    private nint _error;

    private CloneSnapshot(
        ILinux linux,
        int processId,
        ChannelMemory channel,
        IReadOnlyList<ThreadCapture> threads)
    {
        _linux = linux;
        ProcessId = processId;
        Threads = threads;
        _memory = linux.OpenMemory(processId);
        Channel = new SearchChannel(linux, channel, _memory, () => linux.IsAlive(processId));
        ActiveClones.Add(linux, processId);
        _stackMap = new Lazy<StackMap>(() =>
        {
            using Stream maps = linux.Open($"/proc/{processId}/maps");
            return new StackMap(maps);
        });
    }

    public override SnapshotKind Kind => SnapshotKind.Clone;

    public int ProcessId { get; }

    public IReadOnlyList<ThreadCapture> Threads { get; }

    /// <summary>Where the stacks end in the copy.</summary>
    public StackMap StackMap => _stackMap.Value;

    /// <summary>The clone died or can no longer be read; later reads return nothing.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The channel of the search orders to the clone.</summary>
    public SearchChannel Channel { get; }

    /// <param name="linux">The system calls.</param>
    /// <param name="requests">Makes the clone.</param>
    /// <param name="compare">Compares the memory that the runtime maps twice, as <see cref="CloneRequests"/> does.</param>
    /// <param name="settings">How the clone searches itself; null for the default.</param>
    /// <exception cref="SnapshotRefusedException">The system does not allow it.</exception>
    public static CloneSnapshot Create(
        ILinux linux,
        CloneRequests requests,
        bool compare,
        SearchSettings? settings = null)
    {
        var channel = new ChannelMemory(linux, settings);
        try
        {
            return requests.Clone(
                channel.Address,
                compare,
                (processId, threads) => Capture(linux, channel, processId, threads));
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads the copy and returns the number of bytes read: fewer only at unmapped memory; 0 once the clone is lost.
    /// </summary>
    public int Read(ulong address, Span<byte> buffer)
    {
        int done = 0;
        while (done < buffer.Length && !IsLost)
        {
            int read = ReadOnce(address + (ulong)done, buffer[done..]);
            if (read == 0) break;
            done += read;
        }

        return done;
    }

    /// <summary>
    /// Whether the copy can still be read. Our machine code is in every process of ours and never changes, so we read
    /// that.
    /// </summary>
    public bool IsReadable()
    {
        Span<byte> probe = stackalloc byte[sizeof(long)];
        if (Read((ulong)CloneCode.EntryPoint, probe) < probe.Length) IsLost = true;
        return !IsLost;
    }

    /// <summary>Why the copy can no longer be read; null while it can.</summary>
    public string? Loss() => IsReadable() ? null
        : Channel.HasRunOut ? SearchChannel.RanOut
        : "the copy was lost while it was searched: the system killed it, or forbids reading it";

    /// <summary>
    /// Announces the memory that the program will write to after the clone is gone: its pages are taken back together.
    /// </summary>
    public void ExpectWrites(IReadOnlyList<AddressRange> ranges) => _writtenSoon = ranges;

    /// <summary>The lines of a file in /proc.</summary>
    public IEnumerable<string> ReadLines(string file) => _linux.ReadLines(file);

    public override void Dispose()
    {
        ActiveClones.Remove();
        IsLost = true;
        _memory.Dispose();
        bool isGone = false;
        try
        {
            var shared = new SharedPages(_linux, _writtenSoon);
            if (shared.AreForTwo) Channel.Clear();
            isGone = CloneReaper.Of(_linux, ProcessId, meanwhile: shared.Prepare);
            shared.TakeBack(isGone);
        }
        catch (OutOfMemoryException)
        {
            // The program takes back the pages by its page faults. The clone must still be ended.
            if (!isGone) _ = CloneReaper.Of(_linux, ProcessId);
        }

        Channel.Dispose();
    }

    private static CloneSnapshot Capture(
        ILinux linux,
        ChannelMemory channel,
        int processId,
        IReadOnlyList<ThreadCapture> threads)
    {
        var snapshot = new CloneSnapshot(linux, processId, channel, threads);
        try
        {
            if (!snapshot.IsReadable())
                throw new SnapshotRefusedException(CloneErrors.ExplainNotReadable(-(int)snapshot._error));
            return snapshot;
        }
        catch
        {
            snapshot._memory.Dispose();
            ActiveClones.Remove(); // The caller that made the clone ends it.
            throw;
        }
    }

    private int ReadOnce(ulong address, Span<byte> buffer)
    {
        const int NothingThere = -14, NoSuchProcess = -3; // EFAULT, ESRCH
        nint read = _linux.Read(ProcessId, _memory, address, buffer);
        // Retry a temporary failure once: a page read as missing could hide a root.
        if (read is < 0 and not NoSuchProcess) read = _linux.Read(ProcessId, _memory, address, buffer);
        if (read < 0) _error = read;
        if (read < 0 && read != NothingThere) IsLost = true;
        return Math.Max((int)read, 0);
    }
}
