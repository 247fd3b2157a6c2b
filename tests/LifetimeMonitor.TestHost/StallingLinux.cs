using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.TestHost;

/// <summary>The real system calls, of which one read takes longer than anybody waits.</summary>
/// <param name="nth">Which read, counted from 1.</param>
/// <param name="end">When it ends.</param>
internal sealed unsafe class StallingLinux(int nth, WaitHandle end) : ILinux
{
    private readonly LinuxCalls _real = new();
    private int _reads;

    public bool WasHit { get; private set; }

    public nint Read(int processId, ulong address, Span<byte> buffer)
    {
        if (++_reads == nth) WasHit = end.WaitOne();
        return _real.Read(processId, address, buffer);
    }

    public int Kill(int processId) => _real.Kill(processId);

    public int Reap(int processId, bool wait) => _real.Reap(processId, wait);

    public IReadOnlyList<string> ReadLines(string file) => _real.ReadLines(file);

    public bool IsAlive(int processId) => _real.IsAlive(processId);

    public nint AllocateForever(nint length) => _real.AllocateForever(length);

    public nint AllocateShared(nint length) => _real.AllocateShared(length);

    public void FreeShared(nint memory, nint length) => _real.FreeShared(memory, length);

    public void Sleep(int* word, int value, TimeSpan limit) => _real.Sleep(word, value, limit);

    public int Clone(CloneRequest* request) => _real.Clone(request);

    public void Wake(int* word) => _real.Wake(word);
}
