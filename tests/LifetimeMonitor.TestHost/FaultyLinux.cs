using System.Runtime.InteropServices;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.TestHost;

/// <summary>The real system calls, of which the Nth fails: once, or each from then on.</summary>
/// <param name="nth">Which call, counted from 1.</param>
/// <param name="forGood">Whether those that follow fail too.</param>
/// <param name="error">The errno; 0 for a read that brings half of what was asked.</param>
internal sealed unsafe class FaultyLinux(int nth, bool forGood, int error) : ILinux
{
    private const int NotPermitted = 1, NoSuchProcess = 3, AccessDenied = 13;
    private readonly LinuxCalls _real = new();
    private int _calls;

    public bool WasHit { get; private set; }

    public int Clone(CloneRequest* request) => Fails() && error != 0 ? -error : _real.Clone(request);

    public int Kill(int processId)
    {
        if (!Fails() || error == 0) return _real.Kill(processId);
        // No such process: then there is none.
        if (error == NoSuchProcess && _real.Kill(processId) == 0) _ = _real.Reap(processId, wait: true);
        return -error;
    }

    public int Reap(int processId, bool wait) => Fails() && error != 0 ? -error : _real.Reap(processId, wait);

    public nint Read(int processId, ulong address, Span<byte> buffer)
    {
        if (!Fails()) return _real.Read(processId, address, buffer);
        return error != 0 ? -error : _real.Read(processId, address, buffer[..((buffer.Length + 1) / 2)]);
    }

    public IReadOnlyList<string> ReadLines(string file)
    {
        if (!Fails() || error == 0) return _real.ReadLines(file);
        throw error is NotPermitted or AccessDenied
            ? new UnauthorizedAccessException($"{file}: errno {error}")
            : new IOException($"{file}: errno {error} ({Marshal.GetPInvokeErrorMessage(error)})");
    }

    public nint AllocateForever(nint length) => Fails() && error != 0 ? -error : _real.AllocateForever(length);

    public nint AllocateShared(nint length) => Fails() && error != 0 ? -error : _real.AllocateShared(length);

    public void FreeShared(nint memory, nint length) => _real.FreeShared(memory, length);

    // Who cannot be asked after counts as dead.
    public bool IsAlive(int processId) => (!Fails() || error == 0) && _real.IsAlive(processId);

    public void Sleep(int* word, int value, TimeSpan limit)
    {
        if (!Fails()) _real.Sleep(word, value, limit);
    }

    public void Wake(int* word) => _real.Wake(word);

    private bool Fails()
    {
        _calls++;
        bool fails = forGood ? _calls >= nth : _calls == nth;
        WasHit |= fails;
        return fails;
    }
}
