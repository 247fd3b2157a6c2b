using LifetimeMonitor.Snapshots.Clone;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitor.Tests.Heap.Searching;

/// <summary>The clone's search, run by a thread of this process: quick, and the same machine code.</summary>
internal sealed unsafe class ServedHere : IDisposable
{
    private readonly SafeFileHandle _memory = new LinuxCalls().OpenMemory(Environment.ProcessId);
    private readonly Thread _thread;

    /// <param name="view">How it looks at the heap. In place, its calls do without a file of its memory, too.</param>
    /// <param name="leastShared">From how much on two threads search; by default one does.</param>
    /// <param name="isOnOneProcessor">The one that serves may use one processor only.</param>
    public ServedHere(HeapView view = HeapView.WithoutWindows, ulong leastShared = ulong.MaxValue, bool isOnOneProcessor = false)
    {
        Channel.View = view;
        Channel.LeastShared = leastShared;
        if (view != HeapView.WithoutWindows) Channel.Memory = _memory;
        nint address = Channel.Address;
        _thread = new Thread(() =>
        {
            if (isOnOneProcessor) StayOnOneProcessor();
            ((delegate* unmanaged<nint, void>)CloneCode.SearchEntryPoint)(address);
        })
        {
            IsBackground = true,
        };
        _thread.Start();
    }

    public SearchChannel Channel { get; } = new(new LinuxCalls());

    public void Dispose()
    {
        Channel.Give(SearchOrder.Leave);
        _thread.Join();
        Channel.Dispose();
        _memory.Dispose();
    }

    private static void StayOnOneProcessor()
    {
        const int MostProcessors = 1024;
        var linux = new LinuxCalls();
        int own = linux.Processor();
        for (int other = 0; other < MostProcessors; other++)
        {
            if (other != own) linux.Avoid(other);
        }
    }
}
