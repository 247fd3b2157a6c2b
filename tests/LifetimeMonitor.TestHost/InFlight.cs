using System.Runtime.CompilerServices;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Threads with an exception in flight when the copy is made, whose stacks are gone when we walk them. Without our
/// guard the runtime's debugging component reads their registers from freed memory (dotnet/runtime#124401, lifted with
/// .NET 11).
/// </summary>
internal static class InFlight
{
    private const int Threads = 40;

    // Larger than the stacks that the C library keeps for later threads: a stack is gone with its thread.
    private const int StackSize = 8 * 1024 * 1024;
    private static readonly ManualResetEventSlim s_release = new(initialState: false, spinCount: 0);
    private static int s_inside;

    public static int Run(string where, bool guarded)
    {
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() => Hold(where), StackSize))];
        foreach (Thread thread in threads) thread.Start();
        SpinWait.SpinUntil(() => Volatile.Read(ref s_inside) == Threads);
        Thread.Sleep(200); // They signal a moment before they block.
        using ProcessSnapshot snapshot = new SnapshotLadder().Take(SnapshotKind.Clone);
        s_release.Set();
        foreach (Thread thread in threads) thread.Join();
        Thread.Sleep(200); // The system unmaps their stacks after it has ended them.

        Console.WriteLine(guarded ? WalkGuarded(snapshot, [.. threads.Select(t => t.ManagedThreadId)]) : WalkAll((CloneSnapshot)snapshot));
        return 0;
    }

    private static string WalkGuarded(ProcessSnapshot snapshot, HashSet<int> threads)
    {
        using var heap = SnapshotHeap.Open(snapshot, new HeapCaches(), searchInside: false);
        int walked = 0, held = 0;
        foreach (int thread in heap.Stacks.ThreadIds)
        {
            if (heap.Stacks.Walk(thread) is not { } roots || !threads.Contains(heap.Stacks.ManagedId(thread))) continue;
            walked++;
            if (roots.Any(r =>
                heap.TypeOf(r.Object)?.RuntimeName == typeof(Leaked).FullName
                    && r.Frame()?.Method.Name is nameof(Hold) or nameof(Inside))) held++;
        }

        return $"{walked} of {Threads} stacks walked, {held} with the local";
    }

    private static string WalkAll(CloneSnapshot snapshot)
    {
        using ClrRuntime runtime = RuntimeOpener.Open(snapshot);
        return $"{runtime.Threads.Where(t => t.IsAlive).Count(t => t.EnumerateStackRoots().ToList().Count >= 0)} stacks walked";
    }

    // Optimized, so that the local is in a callee-saved register.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Hold(string where)
    {
        var held = new Leaked();
        Inside(where, held);
        GC.KeepAlive(held);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Inside(string where, Leaked held)
    {
        switch (where)
        {
            case "filter": InFilter(() => throw new InvalidOperationException("filtered")); break;
            case "null": InFilter(() => _ = Unsafe.As<string>(null!).Length); break;
            case "catch": InCatch(Linger); break;
            case "finally": InFinally(); break;
            case "nested": InCatch(() => InCatch(() => InFilter(() => throw new InvalidOperationException("nested")))); break;
            case "finally-in-catch": InCatch(InFinally); break;
            case "after-nested": InCatch(() => { InCatch(() => { }); Linger(); }); break;
            case "continuation": Continue().GetAwaiter().GetResult(); break;
        }

        GC.KeepAlive(held);
    }

    private static void InFilter(Action fail)
    {
        try
        {
            fail();
        }
        catch (Exception) when (IsLingering())
        {
        }
    }

    private static void InCatch(Action then)
    {
        try
        {
            throw new InvalidOperationException("caught");
        }
        catch (InvalidOperationException)
        {
            then();
        }
    }

    private static void InFinally()
    {
        try
        {
            try
            {
                throw new InvalidOperationException("passing");
            }
            finally
            {
                Linger();
            }
        }
        catch (InvalidOperationException)
        {
        }
    }

    // The method that awaits a failed one resumes inside its catch block.
    private static async Task Continue()
    {
        var failure = new TaskCompletionSource();
        Task failing = Fail(failure.Task);
        Task after = After(failing);
        failure.SetResult();
        await after.ConfigureAwait(false);
    }

    private static async Task Fail(Task first)
    {
        await first.ConfigureAwait(false);
        throw new InvalidOperationException("failed");
    }

    private static async Task After(Task failing)
    {
        try
        {
            await failing.ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
        }

        Linger();
    }

    private static bool IsLingering()
    {
        Linger();
        return true;
    }

    private static void Linger()
    {
        _ = Interlocked.Increment(ref s_inside);
        s_release.Wait();
    }
}
