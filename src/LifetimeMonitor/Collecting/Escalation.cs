using System.Diagnostics;

namespace LifetimeMonitoring.Collecting;

/// <summary>
/// Collects no more than needed: the objects' own generation, then everything, then the objects that finalizers
/// release. Each step runs only while one of the objects lives.
/// </summary>
/// <param name="targets">The objects.</param>
/// <param name="options">The options of the check.</param>
/// <param name="rounds">The number of waits for finalizers: several for a load context, which dies in steps.</param>
/// <param name="first">An earlier look that found the object alive; null when there was none.</param>
/// <param name="finalizers">Waits for finalizers; null for one that no other check joins.</param>
internal sealed class Escalation(
    IReadOnlyList<WeakTarget> targets,
    LifetimeOptions options,
    int rounds = 1,
    FastCheck? first = null,
    FinalizerWait? finalizers = null)
{
    private const int MaxRounds = 20, ShareForRounds = 4;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(200);
    private readonly FinalizerWait _finalizers = finalizers ?? new FinalizerWait();
    private readonly List<CollectionStep> _steps = first?.Step is { } taken ? [taken] : [];
    private readonly long _start = first?.Start ?? Stopwatch.GetTimestamp();
    private TimeSpan _onTop = (first?.Duration ?? TimeSpan.Zero) + (first?.TimeOfCallback ?? TimeSpan.Zero);
    private CallerContext? _caller;
    private CancellationToken _cancellationToken;

    public IReadOnlyList<CollectionStep> Steps => _steps;

    /// <summary>The reason why a living object proves nothing; null when the collections are proven.</summary>
    public string? NotProven =>
        _steps.Count(s => s is { Kind: CollectionStepKind.Full, IsProven: true }) >= 2
            ? null
            : "the garbage collector did not collect when it was told to (no full blocking collection could be proven)";

    /// <summary>The wait for finalizers that ended before the finalizers did; null when there was none.</summary>
    public CollectionStep? UnendedFinalizers =>
        _steps.Find(s => s is { Kind: CollectionStepKind.Finalizers, IsProven: false });

    /// <summary>
    /// The last collection still found objects to finalize, but the waits ended: one may release the object later.
    /// </summary>
    public bool IsCutShort { get; private set; }

    /// <summary>The used part of the time budget: all time except collections, callbacks and pauses.</summary>
    public TimeSpan TimeUsed
    {
        get
        {
            TimeSpan used = Stopwatch.GetElapsedTime(_start) - _onTop - (_caller?.TimeOfCalls ?? TimeSpan.Zero);
            return used < TimeSpan.Zero ? TimeSpan.Zero : used;
        }
    }

    // A wait gets at most half of it. The other half is for the diagnosis, which can then name the stuck finalizer.
    private TimeSpan Left => new Deadline(options.TimeBudget, TimeUsed).Left;

    private bool AnyAlive
    {
        get
        {
            for (int i = 0; i < targets.Count; i++)
            {
                if (targets[i].IsAlive(options.TrackResurrection)) return true;
            }

            return false;
        }
    }

    private int OldestGeneration
    {
        get
        {
            int oldest = 0;
            for (int i = 0; i < targets.Count; i++)
                oldest = Math.Max(oldest, targets[i].IsAlive(trackResurrection: true) ? targets[i].Generation() : 0);
            return oldest;
        }
    }

    public void Run()
    {
        if (LivesAfterFirstLook()) CollectAll(options.Patience ?? TimeSpan.Zero, CancellationToken.None);
    }

    /// <summary>Collects the objects' own generation; true when an object survives.</summary>
    public bool LivesAfterFirstLook()
    {
        if (first is null) CollectOwnGeneration();
        return AnyAlive;
    }

    /// <summary>
    /// The steps after the first look of an awaited check. At that look the method that had just completed was still on
    /// the stack; the next turn of the context gives it the time to leave. (Not before the first look: most objects are
    /// dead by then, and on a busy machine the next turn can be milliseconds away.)
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public void RunBeside(CallerContext caller, TimeSpan patience, CancellationToken cancellationToken)
    {
        _caller = caller;
        _cancellationToken = cancellationToken;
        CollectOwnGeneration();
        if (AnyAlive) CollectAll(patience, cancellationToken);
    }

    /// <summary>Runs one more full collection; true when it leaves no object alive.</summary>
    public bool AllDeadAfterAnotherLook()
    {
        CollectEverything();
        return !AnyAlive;
    }

    private void CollectAll(TimeSpan patience, CancellationToken cancellationToken)
    {
        CollectEverything();
        for (int i = 0; i < rounds && CanRunFinalizers; i++) RunFinalizers(cancellationToken);
        foreach (TimeSpan pause in Pauses(patience))
        {
            Gate.Pause(pause, cancellationToken);
            _onTop += pause;
            CallBeforeCollect();
            CollectEverything();
        }
    }

    /// <summary>
    /// A finalizer may free a handle that holds an object whose finalizer frees the next one, and so on: one more round
    /// for each full collection that found objects to finalize. The number of rounds is limited, because in most programs
    /// each collection finds some: an <see cref="System.Buffers.ArrayPool{T}"/> has an object that is finalized at every
    /// full collection. Therefore this is only for objects that a handle holds.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public void RunChainOfFinalizers(CancellationToken cancellationToken)
    {
        for (int i = 0; CanRunFinalizers && _steps[^1].PendingFinalizers > 0; i++)
        {
            IsCutShort = i >= MaxRounds || Stopwatch.GetElapsedTime(_start) > options.TimeBudget / ShareForRounds;
            if (IsCutShort) return;
            RunFinalizers(cancellationToken);
        }
    }

    private bool CanRunFinalizers => AnyAlive && UnendedFinalizers is null;

    private void RunFinalizers(CancellationToken cancellationToken)
    {
        _steps.Add(_finalizers.Run(Left / 2, cancellationToken));
        CollectEverything();
    }

    private void CollectOwnGeneration()
    {
        if (!AnyAlive) return;
        CallBeforeCollect();
        int generation = OldestGeneration;
        if (generation == GC.MaxGeneration) return;
        (bool hasRun, TimeSpan duration) = Collector.CollectOwn(generation, Left);
        Add(new CollectionStep(CollectionStepKind.OwnGeneration, generation, duration, hasRun, sentinelDied: null));
    }

    private void CollectEverything() => Add(Collector.CollectAll(Left));

    private void Add(CollectionStep collection)
    {
        _steps.Add(collection);
        _onTop += collection.Duration;
    }

    private void CallBeforeCollect()
    {
        long start = Stopwatch.GetTimestamp();
        if (_caller is not null) _caller.Call(options.BeforeCollect, Left / 2, _cancellationToken);
        else if (options.BeforeCollect is { } call)
        {
            call();
            _onTop += Stopwatch.GetElapsedTime(start);
        }
    }

    // Growing pauses while an object lives and patience lasts.
    private IEnumerable<TimeSpan> Pauses(TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        for (TimeSpan pause = s_firstPause; AnyAlive; pause = After(pause))
        {
            TimeSpan left = patience - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) yield break;
            yield return pause < left ? pause : left;
        }
    }

    /// <summary>The pause after a pause. A long patience has any number of them.</summary>
    internal static TimeSpan After(TimeSpan pause) => pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
}
