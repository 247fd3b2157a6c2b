namespace LifetimeMonitor;

/// <summary>How a check is made. Immutable: derive from <see cref="Default"/> with <c>with</c>.</summary>
public sealed record LifetimeOptions
{
    private static volatile LifetimeOptions s_default = new();
    private readonly TimeSpan _timeBudget = TimeSpan.FromSeconds(10);
    private readonly TimeSpan? _patience;
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

    /// <summary>The most a failing check may take, for finalizers and diagnosis together. What was not done by then is said in the report.</summary>
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
    /// How long an object that survived all collections may take to die before it is accused; it is collected again at growing
    /// intervals. For objects that work in progress lets go of in a moment.
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
    /// Whether an object counts as alive until its memory is free: also while it waits for its finalizer, and when that
    /// resurrected it.
    /// </summary>
    /// <value>The default is false: an object is dead when nothing but its finalizer can reach it.</value>
    public bool TrackResurrection { get; init; }

    /// <summary>Called before each round of collecting, on the asserting thread: drain a dispatcher, flush a pool. What it throws ends the check and is not caught.</summary>
    /// <value>The default is null.</value>
    public Action? BeforeCollect { get; init; }

    /// <summary>The ways to a snapshot that may be tried, in order. Empty: verdicts without paths.</summary>
    /// <value>The default is <see cref="SnapshotKind.Clone"/>, <see cref="SnapshotKind.ProcessSnapshot"/>, <see cref="SnapshotKind.Dump"/>.</value>
    /// <exception cref="ArgumentException">Null, or <see cref="SnapshotKind.None"/> is among them.</exception>
    public IReadOnlyList<SnapshotKind> Snapshots
    {
        get => _snapshots;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Contains(SnapshotKind.None))
                throw new ArgumentException("SnapshotKind.None is no way to a snapshot; for verdicts without paths give an empty list.", nameof(value));
            _snapshots = [.. value];
        }
    }
}
