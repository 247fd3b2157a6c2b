using System.Diagnostics;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Snapshots.Clone;
using LifetimeMonitoring.Snapshots.Dump;

namespace LifetimeMonitoring.Snapshots;

/// <summary>
/// The ways to get a frozen copy of this process, cheapest first. An unavailable rung gives its reason, and the next
/// one is tried.
/// </summary>
internal sealed class SnapshotLadder
{
    private const int MaxPauseMilliseconds = 50;
    private readonly ILinux _linux;
    private readonly CloneRequests _requests;
    private readonly DumpDirectory _dumps;
    private readonly MemoryLimit? _memory;
    private readonly SearchSettings _settings = SearchSettings.Default;
    private readonly CreateDump _createDump;

    /// <param name="linux">The system calls; null for the real ones.</param>
    /// <param name="dumps">The directory for dumps; null for the directory for temporary files.</param>
    /// <param name="createDump">Writes the dumps; null for the program beside the runtime.</param>
    public SnapshotLadder(ILinux? linux = null, DumpDirectory? dumps = null, CreateDump? createDump = null)
    {
        _createDump = createDump ?? new CreateDump();
        _dumps = dumps ?? new DumpDirectory(Path.GetTempPath());
        _linux = linux ?? new LinuxCalls();
        _requests = new CloneRequests(_linux, CloneRequests.DefaultStoppingLimit);
        if (!OperatingSystem.IsLinux()) return;
        _memory = new MemoryLimit(_linux);
        _settings = new SearchSettings { Memory = _memory };
    }

    /// <summary>
    /// The requested kinds to try. A kind that this system never has is skipped silently, unless no other kind is
    /// requested.
    /// </summary>
    public static IEnumerable<SnapshotKind> OfThisSystem(IReadOnlyList<SnapshotKind> wanted)
    {
        bool any = false;
        foreach (SnapshotKind kind in wanted)
        {
            if (!IsOfThisSystem(kind)) continue;
            any = true;
            yield return kind;
        }

        if (any) yield break;
        foreach (SnapshotKind kind in wanted) yield return kind;
    }

    /// <summary>Why memory is too short for a copy of any kind; null if there is enough.</summary>
    public string? Shortage() => HeapRoom.Shortage() ?? _memory?.Refusal();

    /// <summary>Makes a snapshot of one kind.</summary>
    /// <param name="kind">The rung of the ladder.</param>
    /// <param name="limit">How long it may take, if we control that.</param>
    /// <exception cref="SnapshotRefusedException">The rung is unavailable here; the message says why.</exception>
    public ProcessSnapshot Take(SnapshotKind kind, TimeLimit limit = default) => kind switch
    {
        SnapshotKind.Clone => Clone(),
        SnapshotKind.ProcessSnapshot when OperatingSystem.IsWindows() => new WindowsSnapshot(),
        SnapshotKind.ProcessSnapshot =>
            throw new SnapshotRefusedException("process snapshots (PSS) exist on Windows only"),
        SnapshotKind.Dump when CreateDump.IsOfThisSystem => Dump(limit),
        SnapshotKind.Dump => throw new SnapshotRefusedException("dumps are written on Linux and macOS only"),
        _ => throw new SnapshotRefusedException($"'{kind}' is no kind of snapshot"),
    };

    private static bool IsOfThisSystem(SnapshotKind kind) => kind switch
    {
        SnapshotKind.Clone => NativeCode.Current is not null,
        SnapshotKind.ProcessSnapshot => OperatingSystem.IsWindows(),
        SnapshotKind.Dump => CreateDump.IsOfThisSystem,
        _ => true,
    };

    private CloneSnapshot Clone()
    {
        if (!IsOfThisSystem(SnapshotKind.Clone))
            throw new SnapshotRefusedException(
                $"clones are made on Linux x64 and arm64 only; this is {RuntimeInformation.RuntimeIdentifier}");
        long start = Stopwatch.GetTimestamp();
        int pause = 0;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                // Usually no thread runs meanwhile, and that check costs nothing.
                return CloneSnapshot.Create(_linux, _requests, compare: attempt > 1, _settings);
            }
            catch (SnapshotRefusedException e) when (attempt < e.Attempts
                || Stopwatch.GetElapsedTime(start) < e.Patience)
            {
                // The next kind is a dump, which takes minutes on a busy machine. So each pause is longer than the one
                // before, for the running threads to come to rest.
                Thread.Sleep(pause);
                pause = Math.Min((pause * 2) + 1, MaxPauseMilliseconds);
            }
        }
    }

    private DumpSnapshot Dump(TimeLimit limit)
    {
        _dumps.Sweep();
        try
        {
            return DumpSnapshot.Write(_dumps, _createDump, limit);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SnapshotRefusedException($"no dump can be written to {_dumps.Parent} ({e.Message})", e);
        }
    }
}
