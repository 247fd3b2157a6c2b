using System.Diagnostics;

namespace LifetimeMonitoring.Collecting;

/// <summary>
/// Waits for pending finalizers on a thread of its own, so that a finalizer that never returns costs its budget and not
/// the test run. While a wait is stuck, later waits join it instead of adding a thread each.
/// </summary>
internal sealed class FinalizerWait
{
    private const int MostKept = 64;
    private readonly Gate _gate = new();
    private readonly List<Thread> _threads = [];
    private int _begun, _ended;

    /// <summary>Waits no longer than the budget, and not at all while the process ends.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public CollectionStep Run(TimeSpan budget, CancellationToken cancellationToken = default)
    {
        long start = Stopwatch.GetTimestamp();
        var deadline = new Deadline(budget);
        using (_gate.Enter())
        {
            if (ProcessEnd.HasBegun) return Step(start, ended: false, isAtProcessEnd: true);
            // A wait that began before the last collection may end without the finalizers that this collection added.
            int needed = _begun + 1;
            bool isFree = HasCome(needed - 1, deadline.Left, cancellationToken);
            bool mustBegin = isFree && _begun < needed && !ProcessEnd.HasBegun;
            if (mustBegin && !TryBegin()) return Step(start, ended: false, lacksThread: true);
            _ = HasCome(needed, deadline.Left, cancellationToken);
            return Step(start, ended: _ended >= needed, isAtProcessEnd: _ended < needed && ProcessEnd.HasBegun);
        }
    }

    /// <summary>Makes the waiting threads check <see cref="ProcessEnd.HasBegun"/> again.</summary>
    public void Wake() => _gate.Wake();

    private bool HasCome(int ended, TimeSpan longest, CancellationToken cancellationToken) =>
        _gate.Wait(() => _ended >= ended || ProcessEnd.HasBegun, longest, cancellationToken);

    private static CollectionStep Step(long start, bool ended, bool isAtProcessEnd = false, bool lacksThread = false) =>
        new(CollectionStepKind.Finalizers, -1, Stopwatch.GetElapsedTime(start), ended, sentinelDied: null)
        {
            IsAtProcessEnd = isAtProcessEnd,
            LacksThread = lacksThread,
        };

    // False when the system gives no thread.
    private bool TryBegin()
    {
        var thread = new Thread(WaitAndTell)
        {
            IsBackground = true,
            Name = "LifetimeMonitor finalizer wait",
        };
        try
        {
            thread.UnsafeStart();
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            return false;
        }

        _begun++;
        Keep(thread);
        return true;
    }

    // An ended thread has a finalizer. If each round dropped its thread, the next collection would find it to finalize,
    // and there would always be one more round (Escalation).
    private void Keep(Thread thread)
    {
        if (_threads.Count >= MostKept) _threads.Clear();
        _threads.Add(thread);
    }

    // An exception that leaves the thread would end the process. A waiting thread that is not woken checks again at its
    // deadline.
    private void WaitAndTell()
    {
        try
        {
            GC.WaitForPendingFinalizers();
            using (_gate.Enter()) _ended++;
            _gate.Wake();
        }
        catch (OutOfMemoryException)
        {
        }
    }
}
