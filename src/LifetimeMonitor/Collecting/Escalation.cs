using System.Diagnostics;

namespace LifetimeMonitor.Collecting;

/// <summary>
/// Collects no more than it takes: the objects' own generation, then everything, then what finalizers let go of. Each step is
/// taken only while one of the objects lives.
/// </summary>
/// <param name="targets">The objects.</param>
/// <param name="options">How to check.</param>
/// <param name="rounds">How often finalizers are waited for: once, but a load context dies in steps.</param>
/// <param name="first">A look that was taken before, which found the object alive; null when this is the beginning.</param>
internal sealed class Escalation(IReadOnlyList<WeakTarget> targets, LifetimeOptions options, int rounds = 1, FirstLook? first = null)
{
    private const int MaxRounds = 20, ShareForRounds = 4;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(200);
    private readonly List<CollectionStep> _steps = first?.Step is { } taken ? [taken] : [];
    private readonly long _start = first?.Start ?? Stopwatch.GetTimestamp();
    private TimeSpan _onTop = (first?.Duration ?? TimeSpan.Zero) + (first?.TimeOfCallback ?? TimeSpan.Zero);
    private CallerContext? _caller;
    private CancellationToken _cancellationToken;

    public IReadOnlyList<CollectionStep> Steps => _steps;

    /// <summary>Why nobody may be accused although an object is alive; null when the collections are proven.</summary>
    public string? NotProven => _steps.Count(s => s is { Kind: CollectionStepKind.Full, IsProven: true }) >= 2
        ? null
        : "the garbage collector did not collect when it was told to (no full blocking collection could be proven)";

    /// <summary>The wait for finalizers that did not see the end of them; null when there was none.</summary>
    public CollectionStep? UnendedFinalizers => _steps.Find(s => s is { Kind: CollectionStepKind.Finalizers, IsProven: false });

    /// <summary>The last collection still found objects to finalize, and no more was waited for: a finalizer may let go of the object later.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>The part of the time budget that was used: all time but that of collections, callbacks and pauses.</summary>
    public TimeSpan TimeUsed
    {
        get
        {
            TimeSpan used = Stopwatch.GetElapsedTime(_start) - _onTop - (_caller?.TimeOfCalls ?? TimeSpan.Zero);
            return used < TimeSpan.Zero ? TimeSpan.Zero : used;
        }
    }

    // Of it, a wait gets no more than half: the other half is for the diagnosis, which then can say who is stuck.
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
            for (int i = 0; i < targets.Count; i++) oldest = Math.Max(oldest, targets[i].IsAlive(trackResurrection: true) ? targets[i].Generation() : 0);
            return oldest;
        }
    }

    public void Run()
    {
        if (LivesAfterFirstLook()) CollectAll(options.Patience ?? TimeSpan.Zero, CancellationToken.None);
    }

    /// <summary>Collects the objects' own generation; true when one lives after it.</summary>
    public bool LivesAfterFirstLook()
    {
        if (first is null) CollectOwnGeneration();
        return AnyAlive;
    }

    /// <summary>
    /// All that follows the first look where it was taken for a check that is awaited: where that began, what had just completed is still
    /// on the stack, and is given the time to leave it. (Not before the first look: most objects are dead by then, and on a busy machine
    /// the next turn can be milliseconds away.)
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void RunBeside(CallerContext caller, TimeSpan patience, CancellationToken cancellationToken)
    {
        _caller = caller;
        _cancellationToken = cancellationToken;
        CollectOwnGeneration();
        if (AnyAlive) CollectAll(patience, cancellationToken);
    }

    /// <summary>One more full collection; true when everything is dead after it.</summary>
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
    /// A finalizer may free a handle that holds an object whose finalizer frees the next one, and so on: one more round for each full
    /// collection that found objects to finalize. There is an end to it, because in most programs each one finds some: an
    /// <see cref="System.Buffers.ArrayPool{T}"/> has an object that is finalized at every full collection. So this is only for objects
    /// that a handle holds.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
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
        _steps.Add(FinalizerWait.Shared.Run(Left / 2, cancellationToken));
        CollectEverything();
    }

    private void CollectOwnGeneration()
    {
        if (!AnyAlive) return;
        CallBeforeCollect();
        int generation = OldestGeneration;
        if (generation == GC.MaxGeneration) return;
        (bool hasRun, TimeSpan duration) = Collector.CollectOwn(generation, Left);
        Add(new CollectionStep(CollectionStepKind.OwnGeneration, generation, duration, hasRun, SentinelDied: null));
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
        for (TimeSpan pause = s_firstPause; AnyAlive; pause *= 2)
        {
            TimeSpan left = patience - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) yield break;
            TimeSpan next = pause < s_longestPause ? pause : s_longestPause;
            yield return next < left ? next : left;
        }
    }
}
