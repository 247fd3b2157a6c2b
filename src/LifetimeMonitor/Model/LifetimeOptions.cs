namespace LifetimeMonitoring;

/// <summary>How a check is made. Immutable: derive from <see cref="Default"/> with <c>with</c>.</summary>
public sealed record LifetimeOptions
{
    private const long LeastMemory = 1L << 20;
    private static volatile LifetimeOptions s_default = new();
    private readonly TimeSpan _timeBudget = TimeSpan.FromSeconds(10);
    private readonly long _memoryBudget = 1L << 30;
    private readonly TimeSpan? _patience;
    private readonly int _maxPaths = 3;
    private readonly IReadOnlyList<KnownHolder> _knownHolders = [];
    private readonly IReadOnlyList<SnapshotKind> _snapshots = [SnapshotKind.Clone, SnapshotKind.ProcessSnapshot, SnapshotKind.Dump];

    /// <summary>The options of every check that is given none. Set it once, before the first test.</summary>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
    public static LifetimeOptions Default
    {
        get => s_default;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            s_default = value;
        }
    }

    /// <summary>
    /// The time limit for everything that a failing check waits for: finalizers, the synchronization context or
    /// thread pool that it is awaited on, other diagnoses in this process, and its own. Finalizers and the context
    /// get at most half of the rest of it. Collections, <see cref="BeforeCollect"/> and <see cref="Patience"/> are
    /// not included. The report names each part that was cut short. A diagnosis that does not react is abandoned one
    /// second later.
    /// </summary>
    /// <value>The default is 10 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public TimeSpan TimeBudget
    {
        get => _timeBudget;
        init => _timeBudget = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A check needs time: TimeBudget must be more than zero.");
    }

    /// <summary>
    /// The memory limit, in bytes, of one search for its visited set and its queue: one bit for each 8 bytes of heap,
    /// plus at most 13 bytes for each object. A search that reads the snapshot from outside may cache as much again,
    /// up to 512 MB. A search that reaches the limit stops. The report shows the paths found so far, and says that it
    /// is incomplete. The verdict does not change.
    /// </summary>
    /// <value>The default is 1 GB, enough for 70 million objects in 6 GB.</value>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 MB.</exception>
    public long MemoryBudget
    {
        get => _memoryBudget;
        init => _memoryBudget = value >= LeastMemory
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value),
                value,
                "A search needs memory: MemoryBudget is in bytes and must be 1 MB (1 << 20) or more; "
                + "for verdicts without paths give an empty list of Snapshots.");
    }

    /// <summary>
    /// How long an object that survived all collections may take to die before it is accused; it is collected again
    /// at growing intervals. For objects that work in progress lets go of in a moment.
    /// </summary>
    /// <value>The default is null: none for the synchronous form, 100 ms for the asynchronous one.</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public TimeSpan? Patience
    {
        get => _patience;
        init => _patience = value is null || value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Patience cannot be negative; TimeSpan.Zero means none.");
    }

    /// <summary>
    /// Whether an object counts as alive until its memory is free: also while it waits for its finalizer, and when
    /// that resurrected it.
    /// </summary>
    /// <value>The default is false: an object is dead when nothing but its finalizer can reach it.</value>
    public bool TrackResurrection { get; init; }

    /// <summary>
    /// Called before each round of collecting, on the asserting thread, or in the synchronization context that the
    /// check is awaited on as long as that runs: drain a dispatcher, flush a pool. An exception that it throws ends
    /// the check and is not caught.
    /// </summary>
    /// <value>The default is null.</value>
    public Action? BeforeCollect { get; init; }

    /// <summary>
    /// The most paths a report may show; each has another holder, and each further one costs a search.
    /// </summary>
    /// <value>The default is 3.</value>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 or more than 100.</exception>
    public int MaxPaths
    {
        get => _maxPaths;
        init => _maxPaths = value is >= 1 and <= 100
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "MaxPaths must be between 1 and 100; for verdicts without paths give an empty list of Snapshots.");
    }

    /// <summary>
    /// Whether the report says how much memory the object keeps alive, and whether cutting the suspect reference
    /// frees it. Both take a look at the whole heap, for at most a fifth of <see cref="TimeBudget"/> and within
    /// <see cref="MemoryBudget"/>; a figure that is not known by then is left out.
    /// </summary>
    /// <value>The default is true.</value>
    public bool MeasureRetained { get; init; } = true;

    /// <summary>
    /// Holders that are known and not to be blamed, in addition to <see cref="KnownHolder.OfTheFramework"/>.
    /// </summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
    public IReadOnlyList<KnownHolder> KnownHolders
    {
        get => _knownHolders;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _knownHolders = [.. value];
        }
    }

    /// <summary>
    /// Whether keys of collections that are strings, and strings in the fields of keys, are shown in paths, the first
    /// 40 characters of each; otherwise <c>…</c> stands for them.
    /// </summary>
    /// <value>The default is true.</value>
    public bool ShowStrings { get; init; } = true;

    /// <summary>
    /// Whether paths show every object and field as it is in memory: the insides of collections, and the objects that
    /// the compiler made. The same field again and again, as in a list, is one step with its number all the same
    /// (<see cref="PathStep.Repeats"/>), and the middle of a path of more than some 2,000 steps is counted
    /// (<see cref="PathStep.Omitted"/>).
    /// </summary>
    /// <value>The default is false: references that belong together are shown in the words of the source.</value>
    public bool Verbose { get; init; }

    /// <summary>The ways to a snapshot that may be tried, in order. Empty: verdicts without paths.</summary>
    /// <value>
    /// The default is <see cref="SnapshotKind.Clone"/>, <see cref="SnapshotKind.ProcessSnapshot"/>,
    /// <see cref="SnapshotKind.Dump"/>.
    /// </value>
    /// <exception cref="ArgumentException">Null, or <see cref="SnapshotKind.None"/> is among them.</exception>
    public IReadOnlyList<SnapshotKind> Snapshots
    {
        get => _snapshots;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Contains(SnapshotKind.None))
            {
                throw new ArgumentException(
                    "SnapshotKind.None is no way to a snapshot; for verdicts without paths give an empty list.", nameof(value));
            }

            _snapshots = [.. value];
        }
    }
}
