using System.Diagnostics;
using System.Runtime.InteropServices;
using LifetimeMonitor.Snapshots.Clone;
using LifetimeMonitor.Snapshots.Dump;

namespace LifetimeMonitor.Snapshots;

/// <summary>The ways to a frozen copy of this process, cheapest first; a rung that cannot be had says why and the next is tried.</summary>
internal sealed class SnapshotLadder
{
    private const int MaxPauseMilliseconds = 50;
    private readonly ILinux _linux;
    private readonly CloneRequests _requests;
    private readonly DumpDirectory _dumps;
    private readonly MemoryLimit? _memory;
    private readonly CreateDump _createDump;

    /// <param name="linux">The system calls; null for the real ones.</param>
    /// <param name="dumps">Where dumps are written; null for the directory for temporary files.</param>
    /// <param name="createDump">Writes them; null for the program beside the runtime.</param>
    public SnapshotLadder(ILinux? linux = null, DumpDirectory? dumps = null, CreateDump? createDump = null)
    {
        _createDump = createDump ?? new CreateDump();
        _dumps = dumps ?? new DumpDirectory(Path.GetTempPath());
        _linux = linux ?? new LinuxCalls();
        _requests = new CloneRequests(_linux, CloneRequests.DefaultStoppingLimit);
        _memory = OperatingSystem.IsLinux() ? new MemoryLimit(_linux) : null;
    }

    /// <summary>
    /// The kinds to try, of those wanted: what this system never has is passed over in silence, unless nothing else is wanted.
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

    /// <summary>Why no copy of any kind may be made now, because memory is short; null when there is enough.</summary>
    public string? Shortage() => HeapRoom.Shortage() ?? _memory?.Refusal();

    /// <summary>Takes one rung.</summary>
    /// <param name="kind">The rung.</param>
    /// <param name="limit">How long it may take, where that is in our hands.</param>
    /// <exception cref="SnapshotRefusedException">It cannot be had here; the message says why.</exception>
    public ProcessSnapshot Take(SnapshotKind kind, TimeLimit limit = default) => kind switch
    {
        SnapshotKind.Clone => Clone(),
        SnapshotKind.ProcessSnapshot when OperatingSystem.IsWindows() => new WindowsSnapshot(),
        SnapshotKind.ProcessSnapshot => throw new SnapshotRefusedException("process snapshots (PSS) exist on Windows only"),
        SnapshotKind.Dump when CreateDump.IsOfThisSystem => Dump(limit),
        SnapshotKind.Dump => throw new SnapshotRefusedException("dumps are written on Linux and macOS only"),
        _ => throw new SnapshotRefusedException($"'{kind}' is no kind of snapshot"),
    };

    private static bool IsOfThisSystem(SnapshotKind kind) => kind switch
    {
        SnapshotKind.Clone => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        SnapshotKind.ProcessSnapshot => OperatingSystem.IsWindows(),
        SnapshotKind.Dump => CreateDump.IsOfThisSystem,
        _ => true,
    };

    private CloneSnapshot Clone()
    {
        if (!IsOfThisSystem(SnapshotKind.Clone))
            throw new SnapshotRefusedException($"clones are made on Linux x64 only; this is {RuntimeInformation.RuntimeIdentifier}");
        long start = Stopwatch.GetTimestamp();
        int pause = 0;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                // Most often nobody runs meanwhile, and that is told for nothing.
                CloneSnapshot clone = CloneSnapshot.Create(_linux, _requests, compare: attempt > 1);
                clone.Channel.ShallEnd = () => _memory!.IsNearlyUsed();
                return clone;
            }
            catch (SnapshotRefusedException e) when (attempt < e.Attempts || Stopwatch.GetElapsedTime(start) < e.Patience)
            {
                // The next kind is a dump, which takes a busy machine minutes. What was going on is given longer and longer to end.
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
