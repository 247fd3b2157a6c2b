using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Opening;
using LifetimeMonitor.Heap.Statics;
using LifetimeMonitor.Snapshots;
using LifetimeMonitor.Snapshots.Clone;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.TestHost;

/// <summary>
/// Threads inside an exception filter when the copy is made, and gone when their stacks are walked: with our guard nothing
/// happens, without it the runtime's debugging component crashes (dotnet/runtime#124401, lifted with .NET 11).
/// </summary>
internal static class CrashInFilter
{
    private const int Threads = 40;

    // Larger than what the C library keeps for later threads: the stacks are gone with their threads.
    private const int StackSize = 8 * 1024 * 1024;
    private static readonly ManualResetEventSlim s_release = new();
    private static int s_inside;

    public static int Run(bool guarded)
    {
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(ThrowAndLinger, StackSize))];
        foreach (Thread thread in threads) thread.Start();
        SpinWait.SpinUntil(() => Volatile.Read(ref s_inside) == Threads);
        Thread.Sleep(200); // They say so a moment before they block.
        using ProcessSnapshot snapshot = new SnapshotLadder().Take(SnapshotKind.Clone);
        s_release.Set();
        foreach (Thread thread in threads) thread.Join();
        Thread.Sleep(200); // Their stacks are unmapped when the system has ended them.

        int walked = guarded ? WalkGuarded(snapshot) : WalkAll((CloneSnapshot)snapshot);
        Console.WriteLine($"{walked} stacks walked");
        return 0;
    }

    private static int WalkGuarded(ProcessSnapshot snapshot)
    {
        using var heap = SnapshotHeap.Open(snapshot, new StaticStorageCache(), searchInside: false);
        return heap.Stacks.ThreadIds.Count(t => heap.Stacks.Walk(t) is not null);
    }

    private static int WalkAll(CloneSnapshot snapshot)
    {
        using ClrRuntime runtime = RuntimeOpener.Open(snapshot);
        return runtime.Threads.Where(t => t.IsAlive).Count(t => t.EnumerateStackRoots().ToList().Count >= 0);
    }

    private static void ThrowAndLinger()
    {
        try
        {
            throw new InvalidOperationException("filtered");
        }
        catch (InvalidOperationException) when (Linger())
        {
        }
    }

    private static bool Linger()
    {
        _ = Interlocked.Increment(ref s_inside);
        s_release.Wait();
        return true;
    }
}
