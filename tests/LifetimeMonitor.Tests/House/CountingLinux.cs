using LifetimeMonitoring.Snapshots;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.Tests.House;

/// <summary>Counts the bytes that are read out of clones.</summary>
/// <param name="file">Counts only those of a file's mappings; null for all.</param>
internal sealed class CountingLinux(string? file = null) : RealLinux
{
    private readonly Mapping[] _mappings = file is null
        ? [new Mapping(0, ulong.MaxValue, "")]
        : [.. Mapping.Of(File.ReadLines("/proc/self/maps")).Where(m => m.Path == file)];

    public long BytesRead { get; private set; }

    public override nint Read(int processId, SafeFileHandle memory, ulong address, Span<byte> buffer)
    {
        nint read = base.Read(processId, memory, address, buffer);
        if (Array.Exists(_mappings, m => m.Start <= address && address < m.End)) BytesRead += Math.Max(read, 0);
        return read;
    }
}
