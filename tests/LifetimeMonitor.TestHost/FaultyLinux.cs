using System.Runtime.InteropServices;
using LifetimeMonitoring.Snapshots.Clone;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.TestHost;

/// <summary>The real system calls, except that the Nth fails: once, or each from then on.</summary>
/// <param name="nth">The number of the failing call, from 1.</param>
/// <param name="forGood">Whether later calls fail, too.</param>
/// <param name="error">The errno; 0 for a read that returns half of the requested bytes.</param>
internal sealed unsafe class FaultyLinux(int nth, bool forGood, int error) : RealLinux
{
    private const int NotPermitted = 1, NoSuchProcess = 3, AccessDenied = 13;
    private int _calls;

    public bool WasHit { get; private set; }

    /// <summary>Restarts the count, for another failure.</summary>
    public void Arm(int another, bool isForGood, int errno) => (_calls, nth, forGood, error) = (0, another, isForGood, errno);

    public override int Clone(CloneRequest* request) => Fails() && error != 0 ? -error : base.Clone(request);

    public override int Kill(int processId)
    {
        if (!Fails() || error == 0) return base.Kill(processId);
        // This errno means that the process does not exist, so end it.
        if (error == NoSuchProcess && base.Kill(processId) == 0) _ = base.Reap(processId, wait: true);
        return -error;
    }

    public override int Reap(int processId, bool wait) => Fails() && error != 0 ? -error : base.Reap(processId, wait);

    public override SafeFileHandle OpenMemory(int processId) =>
        Fails() && error != 0 ? new SafeFileHandle(-1, ownsHandle: false) : base.OpenMemory(processId);

    public override nint Read(int processId, SafeFileHandle memory, ulong address, Span<byte> buffer)
    {
        if (!Fails()) return base.Read(processId, memory, address, buffer);
        return error != 0 ? -error : base.Read(processId, memory, address, buffer[..((buffer.Length + 1) / 2)]);
    }

    public override Stream Open(string file)
    {
        if (!Fails() || error == 0) return base.Open(file);
        throw error is NotPermitted or AccessDenied
            ? new UnauthorizedAccessException($"{file}: errno {error}")
            : new IOException($"{file}: errno {error} ({Marshal.GetPInvokeErrorMessage(error)})");
    }

    public override nint AllocateShared(nint length) => Fails() && error != 0 ? -error : base.AllocateShared(length);

    public override int MakeWritable(ulong start, ulong length) => Fails() && error != 0 ? -error : base.MakeWritable(start, length);

    // A process that cannot be queried counts as dead.
    public override bool IsAlive(int processId) => (!Fails() || error == 0) && base.IsAlive(processId);

    public override void Sleep(int* word, int value, TimeSpan limit)
    {
        if (!Fails()) base.Sleep(word, value, limit);
    }

    private bool Fails()
    {
        _calls++;
        bool fails = forGood ? _calls >= nth : _calls == nth;
        WasHit |= fails;
        return fails;
    }
}
