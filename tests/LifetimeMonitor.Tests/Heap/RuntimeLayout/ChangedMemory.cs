using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.Tests.Heap.RuntimeLayout;

/// <summary>A clone whose runtime is laid out differently: a test changes the bytes that are read of it.</summary>
/// <param name="change">Changes the bytes read at an address.</param>
internal sealed class ChangedMemory(ChangeBytes change) : RealLinux
{
    public override nint Read(int processId, SafeFileHandle memory, ulong address, Span<byte> buffer)
    {
        nint read = base.Read(processId, memory, address, buffer);
        if (read > 0) change(address, buffer[..(int)read]);
        return read;
    }
}

internal delegate void ChangeBytes(ulong address, Span<byte> bytes);
