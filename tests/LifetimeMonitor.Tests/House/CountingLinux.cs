using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.Tests.House;

/// <summary>The real system calls; counts what is read out of clones.</summary>
internal sealed unsafe class CountingLinux : ILinux
{
    private readonly LinuxCalls _real = new();

    public long BytesRead { get; private set; }

    public nint Read(int processId, ulong address, Span<byte> buffer)
    {
        nint read = _real.Read(processId, address, buffer);
        BytesRead += Math.Max(read, 0);
        return read;
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
