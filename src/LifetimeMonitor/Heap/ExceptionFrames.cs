using System.Runtime.InteropServices;
using LifetimeMonitor.Heap.Opening;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap;

/// <summary>
/// Makes the stack of a thread on which an exception is in flight safe to walk; it is for the whole rest of a test run, when that
/// continues inside the catch block of an async method. Where managed code threw, a <c>SoftwareExceptionFrame</c> says at which
/// addresses registers were saved, and the runtime's debugging component reads there in its own process, which is ours, and crashes
/// once the thread has ended (dotnet/runtime#124401, lifted with .NET 11). So it is shown addresses of copies.
/// </summary>
internal sealed class ExceptionFrames
{
    private const int MaxFrames = 10_000;
    private const ulong EndOfFrames = ulong.MaxValue;
    private readonly ReadMemory _read;
    private readonly Substitutes? _substitutes;
    private readonly Func<ulong, ulong> _stackBaseOf;
    private readonly Lazy<FrameLayout?> _layout;
    private readonly Dictionary<ulong, bool> _isSafe = [];

    /// <param name="reader">The one the debugging component reads with.</param>
    /// <param name="stackBaseOf">The end of the stack an address is on; 0 when it is on none.</param>
    /// <param name="layout">How the runtime lays its frames out, or null in it when that is not known.</param>
    public ExceptionFrames(IDataReader reader, Func<ulong, ulong> stackBaseOf, Lazy<FrameLayout?> layout)
    {
        _read = reader.Read;
        _substitutes = (reader as ISubstitutingReader)?.Substitutes;
        _stackBaseOf = stackBaseOf;
        _layout = layout;
    }

    /// <summary>
    /// Whether a thread's stack can be walked: where no exception is in flight, and where the frames are known and none of them holds
    /// registers in another way, as one does where memory was accessed that is not there.
    /// </summary>
    public bool MayBeWalked(ClrThread thread)
    {
        // The runtime remembers it to the end of the catch block, and finally blocks and filters come before that.
        if (ThrownException.TryFind(thread, out ulong exception) && exception == 0) return true;
        if (!_isSafe.TryGetValue(thread.Address, out bool isSafe))
            _isSafe.Add(thread.Address, isSafe = _layout.Value is { } layout && AreSafe(layout, thread.Address));
        return isSafe;
    }

    private bool AreSafe(FrameLayout layout, ulong thread)
    {
        if (!_read.TryRead(thread + (ulong)layout.FirstFrame, out ulong frame)) return false;
        for (int i = 0; i < MaxFrames; i++)
        {
            if (frame == EndOfFrames) return true;
            if (!_read.TryRead(frame, out ulong kind) || layout.Unsafe.Contains(kind)) return false;
            if (kind == layout.Thrown && !TrySubstitute(layout, frame)) return false;
            if (!_read.TryRead(frame + (ulong)layout.NextFrame, out frame)) return false;
        }

        return false;
    }

    // Every address is replaced, also those the debugging component has no reason to look at: none of them leads out of our copies.
    private bool TrySubstitute(FrameLayout layout, ulong frame)
    {
        ulong start = frame + (ulong)layout.SavedRegisters, end = _stackBaseOf(frame);
        if (_substitutes is null || end == 0) return false;
        ulong[] addresses = _read.ReadPointers(start, start + (FrameLayout.SavedRegisterCount * sizeof(ulong)));
        if (addresses.Length < FrameLayout.SavedRegisterCount) return false;
        ulong[] values = GC.AllocateArray<ulong>(FrameLayout.SavedRegisterCount, pinned: true);
        foreach (int register in FrameLayout.CalleeSaved)
        {
            ulong address = addresses[register];
            if (address < frame || address >= end || !_read.TryRead(address, out values[register])) return false;
        }

        for (int i = 0; i < values.Length; i++) addresses[i] = (ulong)Marshal.UnsafeAddrOfPinnedArrayElement(values, i);
        _substitutes.Add(start, MemoryMarshal.AsBytes<ulong>(addresses).ToArray(), values);
        return true;
    }
}
