using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;
using Microsoft.Diagnostics.Runtime;
using Microsoft.Diagnostics.Runtime.DataReaders.Implementation;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>Lets ClrMD read a clone: its memory by pages, the runtime's module and each thread's position.</summary>
internal sealed class CloneDataReader : IDataReader, IThreadReader, ISubstitutingReader, IDisposable
{
    private const int PageSize = 1024;
    private const int UsualPages = 512;
    private readonly Dictionary<ulong, nint> _pages = new(UsualPages);
    private readonly PageBuffers _buffers;
    private readonly Dictionary<int, ThreadCapture> _threads;
    private readonly CloneSnapshot _clone;

    /// <param name="clone">The clone.</param>
    /// <param name="memory">The memory for copies of its pages.</param>
    public CloneDataReader(CloneSnapshot clone, ScratchMemory memory)
    {
        _clone = clone;
        _buffers = new PageBuffers(PageSize, memory);
        _threads = ThreadCapture.ById(clone.Threads);
    }

    public Substitutes Substitutes { get; } = new();

    public string DisplayName => "clone of this process";

    public bool IsThreadSafe => false;

    public OSPlatform TargetPlatform => OSPlatform.Linux;

    public Architecture Architecture => RuntimeInformation.ProcessArchitecture;

    public int ProcessId => _clone.ProcessId;

    public int PointerSize => sizeof(ulong);

    public IEnumerable<ModuleInfo> EnumerateModules() =>
        RuntimeModule.Find(this, () => _clone.ReadLines("/proc/self/maps"));

    /// <summary>The number of bytes read. Never throws: exceptions cannot cross the DAC's native frames.</summary>
    public int Read(ulong address, Span<byte> buffer)
    {
        try
        {
            int read = ReadAsIs(address, buffer);
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

    public bool GetThreadContext(uint threadID, uint contextFlags, Span<byte> context)
    {
        context.Clear();
        if (!_threads.TryGetValue((int)threadID, out ThreadCapture? thread) || thread.StackPointer == 0) return false;
        Amd64Context.Write(context, contextFlags, thread);
        return true;
    }

    public IEnumerable<uint> EnumerateOSThreadIds() => _clone.Threads.Select(t => (uint)t.ThreadId);

    public ulong GetThreadTeb(uint osThreadId) => 0;

    public void FlushCachedData()
    {
        _pages.Clear();
        _buffers.TakeAllBack();
    }

    public void Dispose()
    {
        FlushCachedData();
        _buffers.Dispose();
    }

    private int ReadAsIs(ulong address, Span<byte> buffer)
    {
        ulong start = address & ~(ulong)(PageSize - 1);
        int offset = (int)(address - start);
        if (offset + buffer.Length > PageSize || TryPage(start) is not (not 0 and var page))
            return _clone.Read(address, buffer);
        _buffers.In(page).Slice(offset, buffer.Length).CopyTo(buffer);
        return buffer.Length;
    }

    // Adding a page to the dictionary may allocate. Without memory for it the page is read directly, each time.
    private nint TryPage(ulong start)
    {
        try
        {
            return Page(start);
        }
        catch (OutOfMemoryException)
        {
            return 0;
        }
    }

    // 0 at the edge of a mapping, and when there is no memory for the page: the caller reads the bytes directly.
    private nint Page(ulong start)
    {
        if (_pages.TryGetValue(start, out nint page)) return page;
        page = _buffers.Next();
        if (page == 0) return 0;
        if (_clone.Read(start, _buffers.In(page)) < PageSize)
        {
            _buffers.TakeBackLast();
            page = 0;
        }

        _pages.Add(start, page);
        return page;
    }
}
