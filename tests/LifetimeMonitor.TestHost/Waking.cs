using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// A thread wakes while a clone is made, and its calls make the runtime recompile a method. The runtime records the new
/// versions in memory that it shares with itself; the versions lie in unshared memory. A clone with a newer copy of the
/// shared memory has a method without an active version, and the runtime's debugging component crashes on it.
/// </summary>
internal static class Waking
{
    private static readonly TimeSpan s_linger = TimeSpan.FromSeconds(1);
    private static readonly ManualResetEventSlim s_release = new(initialState: false, spinCount: 0);

    // More than the number of memory arenas that the C library has on two processors.
    private const int Threads = 32;

    // A method of the runtime: it is recompiled after 30 calls even if ours, in a Debug build, are not.
    private static readonly List<string> s_one = ["one"];

    /// <summary>The object that the blocked thread holds.</summary>
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

    /// <summary>Crashes a check in which only the last guard is left.</summary>
    public static LifetimeReport Check()
    {
        var linux = new ChangedRequest { Linger = s_linger, LeaveWaiting = true, TakeChanges = true };
        _ = Prepare(linux);
        return LifetimeCheck.Run([Held!.Monitored], LifetimeOptions.Default, new Diagnoser(new SnapshotLadder(linux)))[0];
    }

    // Returns the managed ID of a blocked thread; its method has a caller that is recompiled while a clone is made.
    private static int Prepare(ChangedRequest linux)
    {
        Call();
        Thread.Sleep(TimeSpan.FromMilliseconds(500)); // From then on the runtime counts calls.
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
        using var heap = SnapshotHeap.Open(snapshot, new HeapCaches(), searchInside: false);
        int blocked = heap.Stacks.ThreadIds.First(t => heap.Stacks.ManagedId(t) == thread);
        return heap.Stacks.Walk(blocked) is { } roots
            && roots.Any(r =>
                heap.TypeOf(r.Object)?.RuntimeName == typeof(Leaked).FullName
                    && r.Frame()?.Method.Name == nameof(Block));
    }

    private static bool IsFoundUnguarded(CloneSnapshot snapshot, int thread)
    {
        using ClrRuntime runtime = RuntimeOpener.Open(snapshot);
        return runtime.Threads
            .First(t => t.ManagedThreadId == thread)
            .EnumerateStackRoots()
            .ToList()
            .Exists(r => r.Object.Type?.Name == typeof(Leaked).FullName);
    }

    // In the copy, an unwritten place has its earlier contents: here an active version of no method. The compiling
    // thread gets memory that another thread has freed, but we do not know which.
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

        // Every other one, so that they are not merged.
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
