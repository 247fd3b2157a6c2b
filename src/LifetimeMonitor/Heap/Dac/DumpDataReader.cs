using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;
using Microsoft.Diagnostics.Runtime.DataReaders.Implementation;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>ClrMD's reader of a core dump, with the right runtime version (see <see cref="RuntimeModule"/>).</summary>
internal sealed class DumpDataReader(DataTarget dump) : IDataReader, IThreadReader, ISubstitutingReader, IDisposable
{
    private readonly IDataReader _inner = dump.DataReader;

    public Substitutes Substitutes { get; } = new();

    public string DisplayName => _inner.DisplayName;

    public bool IsThreadSafe => _inner.IsThreadSafe;

    public OSPlatform TargetPlatform => _inner.TargetPlatform;

    public Architecture Architecture => _inner.Architecture;

    public int ProcessId => _inner.ProcessId;

    public int PointerSize => _inner.PointerSize;

    public IEnumerable<ModuleInfo> EnumerateModules() => _inner.EnumerateModules().Select(RuntimeModule.Correct);

    /// <summary>The number of bytes read. Never throws: exceptions cannot cross the DAC's native frames.</summary>
    public int Read(ulong address, Span<byte> buffer)
    {
        try
        {
            int read = _inner.Read(address, buffer);
            Substitutes.Show(address, buffer[..read]);
            return read;
        }
#pragma warning disable CA1031 // The process would end.
        catch (Exception)
#pragma warning restore CA1031
        {
            return 0;
        }
    }

    public bool Read<T>(ulong address, out T value)
        where T : unmanaged
    {
        T read = default;
        bool whole = Read(address, MemoryMarshal.AsBytes(new Span<T>(ref read))) == Marshal.SizeOf<T>();
        value = whole ? read : default;
        return whole;
    }

    public T Read<T>(ulong address)
        where T : unmanaged => Read(address, out T value) ? value : default;

    public bool ReadPointer(ulong address, out ulong value) => Read(address, out value);

    public ulong ReadPointer(ulong address) => Read<ulong>(address);

    public bool GetThreadContext(uint threadID, uint contextFlags, Span<byte> context) =>
        _inner.GetThreadContext(threadID, contextFlags, context);

    public IEnumerable<uint> EnumerateOSThreadIds() => (_inner as IThreadReader)?.EnumerateOSThreadIds() ?? [];

    public ulong GetThreadTeb(uint osThreadId) => (_inner as IThreadReader)?.GetThreadTeb(osThreadId) ?? 0;

    public void FlushCachedData() => _inner.FlushCachedData();

    public void Dispose() => dump.Dispose();
}
