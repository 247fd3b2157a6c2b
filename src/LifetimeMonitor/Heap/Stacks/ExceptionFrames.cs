using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap.Stacks;

/// <summary>
/// Makes the stack of a thread with an exception in flight safe to walk. When a test run continues inside the catch
/// block of an async method, the exception stays in flight for the rest of the run. Where managed code threw, a
/// <c>SoftwareExceptionFrame</c> holds the addresses of saved registers. The DAC reads those addresses in its own
/// process, which is ours, and crashes once the thread has ended (dotnet/runtime#124401, fixed in .NET 11).
/// So this class shows the DAC of .NET 10 the addresses of copies.
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

    /// <param name="runtime">The runtime.</param>
    /// <param name="stackBaseOf">Returns the end of the stack that contains an address; 0 when no stack does.</param>
    /// <param name="layout">The runtime's frame layout; its value is null when the layout is unknown.</param>
    public ExceptionFrames(DacRuntime runtime, Func<ulong, ulong> stackBaseOf, Lazy<FrameLayout?> layout)
    {
        _read = runtime.Read;
        _substitutes = runtime.Substitutes;
        _stackBaseOf = stackBaseOf;
        _layout = layout;
    }

    /// <summary>
    /// Whether a thread's stack can be walked: no exception is in flight, or all its frames are known and none of them
    /// saves registers in another way, as the frame of an access to unmapped memory does.
    /// </summary>
    public bool MayBeWalked(DacThread thread)
    {
        // The runtime keeps the exception until the end of the catch block; finally blocks and filters run before that.
        if (thread.TryFindException(out ulong exception) && exception == 0) return true;
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

    // Replaces every address, also those the DAC has no reason to read: none of them leads out of our copies.
    private bool TrySubstitute(FrameLayout layout, ulong frame)
    {
        ulong start = frame + (ulong)layout.SavedRegisters, end = _stackBaseOf(frame);
        if (_substitutes is null || end == 0) return false;
        int count = layout.Pointers.Count;
        ulong[] addresses = _read.ReadPointers(start, start + ((ulong)count * sizeof(ulong)));
        if (addresses.Length < count) return false;
        ulong[] values = GC.AllocateArray<ulong>(count, pinned: true);
        foreach (int register in layout.Pointers.CalleeSaved)
        {
            ulong address = addresses[register];
            if (address < frame || address >= end || !_read.TryRead(address, out values[register])) return false;
        }

        for (int i = 0; i < values.Length; i++) addresses[i] = (ulong)Marshal.UnsafeAddrOfPinnedArrayElement(values, i);
        _substitutes.Add(start, MemoryMarshal.AsBytes<ulong>(addresses).ToArray(), values);
        // On arm64 the DAC reads some of the registers at these addresses in the snapshot, and some in its own process.
        _substitutes.Add(addresses[0], MemoryMarshal.AsBytes<ulong>(values).ToArray(), values);
        return true;
    }
}
