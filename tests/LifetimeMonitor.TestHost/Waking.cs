using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LifetimeMonitor.Diagnosis;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Opening;
using LifetimeMonitor.Heap.Statics;
using LifetimeMonitor.Snapshots;
using LifetimeMonitor.Snapshots.Clone;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.TestHost;

/// <summary>
/// A thread wakes while a clone is made, and what it calls makes the runtime compile a method again. The method's new versions are
/// noted in memory that the runtime shares with itself, and lie in memory that it does not: a clone that takes the one as it is
/// later than the other has a method none of whose versions is in use, and the runtime's debugging component crashes on it.
/// </summary>
internal static class Waking
{
    private static readonly TimeSpan s_linger = TimeSpan.FromSeconds(1);
    private static readonly ManualResetEventSlim s_release = new(initialState: false, spinCount: 0);

    // As many as the C library has arenas of memory for on two processors, and more.
    private const int Threads = 32;

    // A method of the runtime's own: it is compiled again after 30 calls also where ours, of a Debug build, are not.
    private static readonly List<string> s_one = ["one"];

    /// <summary>What the blocked thread holds.</summary>
    public static LifeTimeMonitor? Held { get; private set; }

    public static int Run(bool guarded)
    {
        var linux = new ChangedRequest { Linger = s_linger, LeaveWaiting = true, TakeChanges = !guarded };
        int blocked = Prepare(linux);
        using ProcessSnapshot snapshot = new SnapshotLadder(linux).Take(SnapshotKind.Clone);
        bool found = guarded ? IsFound(snapshot, blocked) : IsFoundUnguarded((CloneSnapshot)snapshot, blocked);
        s_release.Set();
        Console.WriteLine($"{(linux.Clones > 1 ? "cloned again" : "cloned once")}, the local was {(found ? "" : "not ")}found");
        return 0;
    }

    /// <summary>Has a check crash in which no guard but the last one is left.</summary>
    public static LifetimeReport Check()
    {
        var linux = new ChangedRequest { Linger = s_linger, LeaveWaiting = true, TakeChanges = true };
        _ = Prepare(linux);
        return LifetimeCheck.Run([Held!], LifetimeOptions.Default, new PathFinder(new SnapshotLadder(linux)))[0];
    }

    // The managed id of a thread that is blocked in a method which another calls, so often that it is compiled again, when a clone is being made.
    private static int Prepare(ChangedRequest linux)
    {
        Call();
        Thread.Sleep(TimeSpan.FromMilliseconds(500)); // From then on calls are counted.
        var blocked = new Thread(Block) { IsBackground = true };
        var waking = new Thread(() =>
        {
            while (linux.Clones == 0) Thread.Sleep(10);
            Thread.Sleep(s_linger / 3);
            for (int i = 0; i < 100; i++) Call();
        })
        {
            IsBackground = true,
        };
        blocked.Start();
        Thread.Sleep(100);
        waking.Start();
        LeaveTracesEverywhere();
        return blocked.ManagedThreadId;
    }

    private static bool IsFound(ProcessSnapshot snapshot, int thread)
    {
        using var heap = SnapshotHeap.Open(snapshot, new StaticStorageCache(), searchInside: false);
        int blocked = heap.Stacks.ThreadIds.First(t => heap.Stacks.ManagedId(t) == thread);
        return heap.Stacks.Walk(blocked) is { } roots && roots.Any(r => heap.TypeOf(r.Object)?.RuntimeName == typeof(Leaked).FullName && r.Frame()?.Method.Name == nameof(Block));
    }

    private static bool IsFoundUnguarded(CloneSnapshot snapshot, int thread)
    {
        using ClrRuntime runtime = RuntimeOpener.Open(snapshot);
        return runtime.Threads.First(t => t.ManagedThreadId == thread).EnumerateStackRoots().ToList().Exists(r => r.Object.Type?.Name == typeof(Leaked).FullName);
    }

    // What is not written yet is, in the copy, what was there before: here a version that is in use, of no method. The thread that
    // compiles gets memory that a thread has given back, it is not known which.
    private static void LeaveTracesEverywhere()
    {
        using var together = new Barrier(Threads);
        Thread[] threads =
        [
            .. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
            {
                together.SignalAndWait();
                LeaveTraces();
                together.SignalAndWait();
            })),
        ];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
    }

    private static unsafe void LeaveTraces()
    {
        const int Count = 20_000, StateSize = 24, FirstVersion = 2, VersionSize = 64, InUse = 32;
        byte* version = (byte*)NativeMemory.AllocZeroed(VersionSize);
        new Span<byte>(version + InUse, VersionSize - InUse).Fill(byte.MaxValue);
        nint*[] states = new nint*[Count];
        for (int i = 0; i < Count; i++)
        {
            states[i] = (nint*)NativeMemory.AllocZeroed(StateSize);
            states[i][FirstVersion] = (nint)version;
        }

        // Every other one, so that they are not joined.
        for (int i = 0; i < Count; i += 2) NativeMemory.Free(states[i]);
    }

    private static void Call() => s_one.ForEach(static _ => { });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Block()
    {
        var held = new Leaked();
        Held = new LifeTimeMonitor(held);
        s_one.ForEach(static _ => s_release.Wait());
        GC.KeepAlive(held);
    }
}
