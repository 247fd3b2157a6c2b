using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;
using Microsoft.Diagnostics.Runtime.DataReaders.Implementation;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>ClrMD's reader of a core dump, with the right runtime version (see <see cref="RuntimeModule"/>).</summary>
internal sealed class DumpDataReader(DataTarget dump) : SubstitutingReader
{
    private readonly IDataReader _inner = dump.DataReader;

    public override string DisplayName => _inner.DisplayName;

    public override bool IsThreadSafe => _inner.IsThreadSafe;

    public override OSPlatform TargetPlatform => _inner.TargetPlatform;

    public override Architecture Architecture => _inner.Architecture;

    public override int ProcessId => _inner.ProcessId;

    public override int PointerSize => _inner.PointerSize;

    public override IEnumerable<ModuleInfo> EnumerateModules() =>
        _inner.EnumerateModules().Select(RuntimeModule.Correct);

    public override bool GetThreadContext(uint threadID, uint contextFlags, Span<byte> context) =>
        _inner.GetThreadContext(threadID, contextFlags, context);

    public override IEnumerable<uint> EnumerateOSThreadIds() =>
        (_inner as IThreadReader)?.EnumerateOSThreadIds() ?? [];

    public override ulong GetThreadTeb(uint osThreadId) => (_inner as IThreadReader)?.GetThreadTeb(osThreadId) ?? 0;

    public override void FlushCachedData() => _inner.FlushCachedData();

    public override void Dispose() => dump.Dispose();

    protected override int ReadAsIs(ulong address, Span<byte> buffer) => _inner.Read(address, buffer);
}
