using LifetimeMonitor.Snapshots;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.TestHost;

/// <summary>The real system calls, but clones are asked for without a guard.</summary>
internal sealed unsafe class ChangedRequest : ILinux
{
    private readonly LinuxCalls _real = new();

    /// <summary>Signals are not blocked.</summary>
    public bool LeaveSignals { get; init; }

    /// <summary>How long the clone takes its time before it looks after its parent.</summary>
    public TimeSpan Linger { get; init; }

    /// <summary>Nothing is compared, and nobody is said to have run meanwhile.</summary>
    public bool TakeChanges { get; init; }

    /// <summary>Clones that were asked for.</summary>
    public int Clones { get; private set; }

    public int Clone(CloneRequest* request)
    {
        Clones++;
        request->LeaveSignals = LeaveSignals ? 1 : 0;
        request->LingerMicroseconds = (int)Linger.TotalMicroseconds;
        if (!TakeChanges) return _real.Clone(request);
        request->Compare = 0;
        int result = _real.Clone(request);
        foreach (ref CloneThread thread in new Span<CloneThread>(request + 1, request->Count))
        {
            if ((ThreadActivity)thread.State == ThreadActivity.Moved) thread.State = (int)ThreadActivity.Blocked;
        }

        return result;
    }

    public int Kill(int processId) => _real.Kill(processId);

    public int Reap(int processId, bool wait) => _real.Reap(processId, wait);

    public IReadOnlyList<string> ReadLines(string file) => _real.ReadLines(file);

    public bool IsAlive(int processId) => _real.IsAlive(processId);

    public nint Read(int processId, ulong address, Span<byte> buffer) => _real.Read(processId, address, buffer);

    public nint AllocateForever(nint length) => _real.AllocateForever(length);

    public nint AllocateShared(nint length) => _real.AllocateShared(length);

    public void FreeShared(nint memory, nint length) => _real.FreeShared(memory, length);

    public void Sleep(int* word, int value, TimeSpan limit) => _real.Sleep(word, value, limit);

    public void Wake(int* word) => _real.Wake(word);
}
