using System.Diagnostics;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Two copies of the library in one process, such as a plug-in's and the host's, make clones at the same time. Each
/// copy has a lock of its own, so here the requests go to the system without a lock.
/// </summary>
internal static unsafe class TwoMakers
{
    private static readonly TimeSpan s_holdLimit = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_linger = TimeSpan.FromSeconds(2);

    /// <summary>Both make clones in a row, and stop each other now and then.</summary>
    public static int Run(int clones)
    {
        int made = 0;
        Thread[] makers = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < clones; i++)
            {
                if (Make(TimeSpan.Zero, _ => { })) _ = Interlocked.Increment(ref made);
            }
        }))];
        foreach (Thread maker in makers) maker.Start();
        foreach (Thread maker in makers) maker.Join();
        Console.WriteLine($"{made} of {2 * clones} clones made");
        return made > 0 && Leftovers.IsNothing() ? 0 : 1;
    }

    /// <summary>The clone keeps its maker waiting for longer than threads may be held.</summary>
    public static int RunHeldTooLong()
    {
        bool stop = false;
        TimeSpan longest = TimeSpan.Zero;
        var running = new Thread(() =>
        {
            for (long last = Stopwatch.GetTimestamp(), now; !Volatile.Read(ref stop); last = now)
            {
                now = Stopwatch.GetTimestamp();
                TimeSpan pause = Stopwatch.GetElapsedTime(last, now);
                if (pause > longest) longest = pause;
            }
        });
        running.Start();
        Thread.Sleep(100);
        int stopped = 0, moved = 0;
        bool isMade = Make(s_linger, request =>
        {
            var threads = new CloneThreads(request);
            for (int i = 0; i < threads.Count; i++)
            {
                CloneThread thread = threads[i];
                if (thread.IsTraced == 0) continue;
                stopped++;
                if ((ThreadActivity)thread.State == ThreadActivity.Moved) moved++;
            }
        });
        Volatile.Write(ref stop, value: true);
        running.Join();
        Console.WriteLine($"made: {isMade}; {stopped} stopped, {moved} of them moved; longest pause {longest.TotalSeconds:0.0} s");
        return isMade && stopped > 0 && moved == stopped && longest < s_linger / 2 ? 0 : 1;
    }

    private static bool Make(TimeSpan linger, RequestReader read)
    {
        var linux = new LinuxCalls();
        using var channel = new ChannelMemory(linux);
        var request = (CloneRequest*)linux.AllocateShared(CloneThreads.LengthWithRequest);
        *request = new CloneRequest
        {
            StopTimeoutMicroseconds = 20_000,
            Capacity = CloneRequest.MaxThreads,
            FreezeTimeoutMicroseconds = 10_000_000,
            HoldLimitMicroseconds = (int)s_holdLimit.TotalMicroseconds,
            LingerMicroseconds = (int)linger.TotalMicroseconds,
            Channel = channel.Address,
        };
        int result = linux.Clone(request);
        read(request);
        if (result > 0) _ = CloneReaper.Of(linux, result);
        linux.FreeShared((nint)request, CloneThreads.LengthWithRequest);
        return result > 0;
    }

    private delegate void RequestReader(CloneRequest* request);
}
