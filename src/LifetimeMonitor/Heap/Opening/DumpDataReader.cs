using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;
using Microsoft.Diagnostics.Runtime.DataReaders.Implementation;

namespace LifetimeMonitor.Heap.Opening;

/// <summary>ClrMD's reader of a core dump, with the runtime's version corrected (see <see cref="RuntimeModule"/>).</summary>
internal sealed class DumpDataReader(DataTarget dump) : IDataReader, IThreadReader, IDisposable
{
    private readonly IDataReader _inner = dump.DataReader;

    public string DisplayName => _inner.DisplayName;

    public bool IsThreadSafe => _inner.IsThreadSafe;

    public OSPlatform TargetPlatform => _inner.TargetPlatform;

    public Architecture Architecture => _inner.Architecture;

    public int ProcessId => _inner.ProcessId;

    public int PointerSize => _inner.PointerSize;

    public IEnumerable<ModuleInfo> EnumerateModules() => _inner.EnumerateModules().Select(RuntimeModule.Correct);

    public int Read(ulong address, Span<byte> buffer) => _inner.Read(address, buffer);

    public bool Read<T>(ulong address, out T value)
        where T : unmanaged => _inner.Read(address, out value);

    public T Read<T>(ulong address)
        where T : unmanaged => _inner.Read<T>(address);

    public bool ReadPointer(ulong address, out ulong value) => _inner.ReadPointer(address, out value);

    public ulong ReadPointer(ulong address) => _inner.ReadPointer(address);

    public bool GetThreadContext(uint threadID, uint contextFlags, Span<byte> context) => _inner.GetThreadContext(threadID, contextFlags, context);

    public IEnumerable<uint> EnumerateOSThreadIds() => (_inner as IThreadReader)?.EnumerateOSThreadIds() ?? [];

    public ulong GetThreadTeb(uint osThreadId) => (_inner as IThreadReader)?.GetThreadTeb(osThreadId) ?? 0;

    public void FlushCachedData() => _inner.FlushCachedData();

    public void Dispose() => dump.Dispose();
}
