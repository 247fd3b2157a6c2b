using System.Runtime.InteropServices;
using LifetimeMonitor.Snapshots;
using LifetimeMonitor.Snapshots.Clone;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap.Opening;

/// <summary>Where each thread stood and where its stack ends, for every kind of snapshot.</summary>
internal sealed record CapturedThreads(IReadOnlyList<ThreadCapture> Threads, Func<ulong, ulong> StackBaseOf)
{
    public static CapturedThreads In(ProcessSnapshot snapshot, ClrRuntime runtime)
    {
        if (snapshot is CloneSnapshot clone) return new CapturedThreads(clone.Threads, p => clone.StackMap.BaseOf(p));
        // A dump is written while all threads stand still, and theirs are the addresses of this process.
        ThreadCapture[] threads = [.. runtime.Threads.Where(t => t.IsAlive).Select(t => Capture(runtime, t)).OfType<ThreadCapture>()];
        if (OperatingSystem.IsLinux())
        {
            using FileStream maps = File.OpenRead("/proc/self/maps");
            var map = new StackMap(maps);
            return new CapturedThreads(threads, map.BaseOf);
        }

        ulong[] bases = [.. runtime.Threads.Select(t => t.StackBase).Where(b => b != 0).Order()];
        return new CapturedThreads(bases.Length == 0 ? [] : threads, p => bases.FirstOrDefault(b => b > p));
    }

    private static ThreadCapture? Capture(ClrRuntime runtime, ClrThread thread)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64) return null;
        byte[] context = new byte[Amd64Context.Size];
        if (!runtime.DataTarget.DataReader.GetThreadContext(thread.OSThreadId, Amd64Context.All, context)) return null;
        return Amd64Context.Read((int)thread.OSThreadId, context);
    }
}
