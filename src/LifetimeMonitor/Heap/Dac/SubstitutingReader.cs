using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;
using Microsoft.Diagnostics.Runtime.DataReaders.Implementation;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>A reader of a snapshot that shows the DAC substitutes for some memory, and never throws.</summary>
internal abstract class SubstitutingReader : IDataReader, IThreadReader, IDisposable
{
    /// <summary>The bytes that the DAC sees in place of the real ones.</summary>
    public Substitutes Substitutes { get; } = new();

    public abstract string DisplayName { get; }

    public virtual bool IsThreadSafe => false;

    public virtual OSPlatform TargetPlatform => OSPlatform.Linux;

    public virtual Architecture Architecture => RuntimeInformation.ProcessArchitecture;

    public abstract int ProcessId { get; }

    public virtual int PointerSize => sizeof(ulong);

    public abstract IEnumerable<ModuleInfo> EnumerateModules();

    /// <summary>The number of bytes read. Never throws: exceptions cannot cross the DAC's native frames.</summary>
    public int Read(ulong address, Span<byte> buffer)
    {
        try
        {
            int read = ReadAsIs(address, buffer);
            if (read == 0 && Substitutes.HasAll(address, buffer.Length)) read = buffer.Length;
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

    public abstract bool GetThreadContext(uint threadID, uint contextFlags, Span<byte> context);

    public abstract IEnumerable<uint> EnumerateOSThreadIds();

    public virtual ulong GetThreadTeb(uint osThreadId) => 0;

    public abstract void FlushCachedData();

    public abstract void Dispose();

    /// <summary>Reads the snapshot's own bytes; the number of bytes read.</summary>
    protected abstract int ReadAsIs(ulong address, Span<byte> buffer);
}
