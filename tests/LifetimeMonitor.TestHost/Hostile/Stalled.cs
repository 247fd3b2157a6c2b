using System.Diagnostics;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// Checks that are awaited without a working executor: a synchronization context or a task scheduler that never runs a
/// callback, a late one, a throwing one, and a thread pool without threads. A blocked thread measures the
/// time of the task.
/// </summary>
internal static class Stalled
{
    private const string Namespace = "LifetimeMonitoring.TestHost.Hostile";
    private const string ContextNote = "The synchronization context that this check is awaited on";
    private const string SchedulerNote = $"The task scheduler that this check is awaited on ({Namespace}.{nameof(DeafScheduler)})";
    private const string PoolNote = "The thread pool had no thread for this check within";
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(800);
    private static readonly ManualResetEventSlim s_release = new();
    private static int s_calls;
    private static int s_callThread, s_context;

    private static LifetimeOptions Options =>
        new() { TimeBudget = s_budget, BeforeCollect = Called, Patience = TimeSpan.FromMilliseconds(100) };

    public static int Run(string where)
    {
        _ = Holder.LeakThroughList().Check();
        bool isRight = where switch
        {
            "never" => On(new DeafContext(), $"{ContextNote} ({Namespace}.{nameof(DeafContext)}) ran nothing within"),
            "throwing" => On(new ThrowingContext(), $"{ContextNote} ({Namespace}.{nameof(ThrowingContext)}) threw"),
            "late" => OnLate(),
            "scheduler" => OnScheduler(),
            "pool" => OnPool(midway: false),
            "midway" => OnPool(midway: true),
            "cancelled" => Cancelled(),
            _ => throw new ArgumentOutOfRangeException(nameof(where), where, "not known"),
        };
        s_release.Set();
        return isRight ? 0 : 1;
    }

    private static bool On(SynchronizationContext context, string note)
    {
        SynchronizationContext.SetSynchronizationContext(context);
        return AllForms(note, calls: 1);
    }

    private static bool OnLate()
    {
        using var context = new LateContext();
        SynchronizationContext.SetSynchronizationContext(context);
        s_context = context.ThreadId;
        return AllForms(note: null, calls: null);
    }

    private static bool OnScheduler()
    {
        var task = new Task<bool>(() => AllForms($"{SchedulerNote} ran nothing within", calls: 1));
        task.RunSynchronously(new DeafScheduler());
        return task.Result;
    }

    private static bool OnPool(bool midway)
    {
        if (!midway)
        {
            Starve();
            return AllForms(PoolNote, calls: 1);
        }

        // The pool has a thread for the first turn of the check only; the next use of the pool shows that.
        LifetimeOptions options = Options with { BeforeCollect = null, Patience = s_patience };
        Task<LifetimeReport> Begin()
        {
            Task<LifetimeReport> check = Holder.LeakThroughList().CheckAsync(options);
            Thread.Sleep(s_patience / 2);
            Starve();
            return check;
        }

        bool isRight = Ends(Begin, options, note: null, calls: 0);
        s_release.Set();
        Thread.Sleep(s_patience);
        s_release.Reset();
        options = Options with { BeforeCollect = StarveOnPool, Patience = s_patience };
        return isRight & Ends(() => Holder.LeakThroughList().CheckAsync(options), options, PoolNote, calls: 2);
    }

    private static bool Cancelled()
    {
        SynchronizationContext.SetSynchronizationContext(new DeafContext());
        LifetimeOptions options = Options with { TimeBudget = TimeSpan.FromMinutes(5) };
        using var cancel = new CancellationTokenSource();
        Task check = Holder.LeakThroughList().CheckAsync(options, cancel.Token);
        Thread.Sleep(300);
        Starve();
        long start = Stopwatch.GetTimestamp();
        cancel.Cancel();
        try
        {
            check.Wait(TimeSpan.FromMinutes(1));
        }
        catch (AggregateException e) when (e.InnerException is OperationCanceledException)
        {
        }

        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"{check.Status} after {taken.TotalMilliseconds:0} ms");
        // The cancelled check does not block the next one.
        return check.IsCanceled & taken < s_grace & Holder.IsTheList(Holder.LeakThroughList().Check(Options));
    }

    private static bool AllForms(string? note, int? calls)
    {
        bool isRight = Ends(() => Holder.LeakThroughList().CheckAsync(Options), Options, note, calls);
        isRight &= Ends(() => Holder.LeakThroughList().AssertDeadAsync(Options), Options, note, calls);
        isRight &= Ends(() => Scope().AssertAllDeadAsync(), Options, note, calls);
        isRight &= Ends(() => Scope().DisposeAsync().AsTask(), Options, note, calls);
        // An object that is dead at the first look needs no executor.
        return isRight & LifeTimeMonitor.Track(() => new Leaked()).AssertDeadAsync(Options).IsCompletedSuccessfully;
    }

    private static LifetimeScope Scope()
    {
        var scope = new LifetimeScope(Options);
        _ = Holder.LeakThroughList();
        return scope;
    }

    private static bool Ends(Func<Task> begin, LifetimeOptions options, string? note, int? calls)
    {
        s_calls = 0;
        long start = Stopwatch.GetTimestamp();
        Task check = begin();
        LifetimeReport? report = null;
        try
        {
            bool hasEnded = check.Wait(TimeSpan.FromMinutes(1));
            report = hasEnded ? ((Task<LifetimeReport>)check).Result : null;
        }
        catch (AggregateException e) when (e.InnerException is ObjectNotDeadException failure)
        {
            report = failure.Reports[0];
        }

        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        TimeSpan onTop = report is null ? TimeSpan.Zero : Deadlines.TimeOfCollections(report);
        Console.WriteLine($"{taken.TotalSeconds:0.00} s, of which collections {onTop.TotalSeconds:0.00} s, {s_calls} calls: {report}");
        if (calls is null ? s_calls < 2 || s_callThread != s_context : s_calls != calls) return false;
        TimeSpan limit = options.TimeBudget + s_grace + options.Patience!.Value + onTop;
        return report is not null && Holder.IsTheList(report) && taken < limit
            && (note is null
                ? report.Notes.Count == 0
                : report.Notes.Count == 1 && report.Notes[0].StartsWith(note, StringComparison.Ordinal));
    }

    private static void Called()
    {
        s_callThread = Environment.CurrentManagedThreadId;
        _ = Interlocked.Increment(ref s_calls);
    }

    private static void StarveOnPool()
    {
        if (Interlocked.Increment(ref s_calls) == 2) Starve();
    }

    // For any current and maximum number of threads.
    private static void Starve()
    {
        int processors = Environment.ProcessorCount;
        _ = ThreadPool.SetMinThreads(processors, processors);
        _ = ThreadPool.SetMaxThreads(processors, processors);
        for (int i = 0; i < processors * 8; i++) _ = ThreadPool.UnsafeQueueUserWorkItem(static _ => s_release.Wait(), null);
        Thread.Sleep(200);
    }
}
