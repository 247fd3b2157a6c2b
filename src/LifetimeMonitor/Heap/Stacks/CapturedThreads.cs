using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Heap.Stacks;

/// <summary>Each thread's position and the end of its stack, for every kind of snapshot.</summary>
internal sealed record CapturedThreads(IReadOnlyList<ThreadCapture> Threads, Func<ulong, ulong> StackBaseOf)
{
    public static CapturedThreads In(ProcessSnapshot snapshot, DacRuntime runtime)
    {
        if (snapshot is CloneSnapshot clone) return new CapturedThreads(clone.Threads, p => clone.StackMap.BaseOf(p));
        // All threads stand still while a dump is written, and their addresses are those of this process.
        ThreadCapture[] threads =
        [
            .. runtime.Threads.Where(t => t.IsAlive).Select(t => Capture(runtime, t)).OfType<ThreadCapture>(),
        ];
        if (OperatingSystem.IsLinux())
        {
            using FileStream maps = File.OpenRead("/proc/self/maps");
            var map = new StackMap(maps);
            return new CapturedThreads(threads, map.BaseOf);
        }

        ulong[] bases = [.. runtime.Threads.Select(t => t.StackBase).Where(b => b != 0).Order()];
        return new CapturedThreads(bases.Length == 0 ? [] : threads, p => bases.FirstOrDefault(b => b > p));
    }

    private static ThreadCapture? Capture(DacRuntime runtime, DacThread thread)
    {
        if (ContextLayout.OfThisProcessor is not { } layout) return null;
        byte[] context = new byte[layout.Length];
        return runtime.TryReadContext(thread.ThreadId, layout.All, context)
            ? layout.Read(thread.ThreadId, context)
            : null;
    }
}
