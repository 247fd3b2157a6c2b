using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.Tests.Heap.Searching;

/// <summary>The clone's search, run by a thread of this process: quick, and the same machine code.</summary>
internal sealed unsafe class ServedHere : IDisposable
{
    private readonly Thread _thread;

    public ServedHere()
    {
        nint address = Channel.Address;
        _thread = new Thread(() => ((delegate* unmanaged<nint, void>)CloneCode.SearchEntryPoint)(address)) { IsBackground = true };
        _thread.Start();
    }

    public SearchChannel Channel { get; } = new(new LinuxCalls());

    public void Dispose()
    {
        Channel.Give(SearchOrder.Leave);
        _thread.Join();
        Channel.Dispose();
    }
}
