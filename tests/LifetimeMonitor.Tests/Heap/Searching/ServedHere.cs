using LifetimeMonitoring.Snapshots.Clone;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.Tests.Heap.Searching;

/// <summary>The clone's search, run by a thread of this process: quick, and the same machine code.</summary>
internal sealed unsafe class ServedHere : IDisposable
{
    private readonly SafeFileHandle _memory = new LinuxCalls().OpenMemory(Environment.ProcessId);
    private readonly Thread _thread;

    /// <param name="view">How the search reads the heap. In place, it also works without a file of its memory.</param>
    /// <param name="leastShared">The least work for two threads; by default one thread searches.</param>
    /// <param name="isOnOneProcessor">Whether the serving thread may use one processor only.</param>
    /// <param name="memory">What the search takes for its memory; null for its memory.</param>
    public ServedHere(HeapView view = HeapView.WithoutWindows, ulong leastShared = ulong.MaxValue, bool isOnOneProcessor = false, SafeFileHandle? memory = null)
    {
        var linux = new LinuxCalls();
        Channel = new SearchChannel(
            linux,
            new ChannelMemory(linux, new SearchSettings { View = view, LeastShared = leastShared }),
            memory ?? (view != HeapView.WithoutWindows ? _memory : null),
            isServed: () => true);
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

    public SearchChannel Channel { get; }

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
