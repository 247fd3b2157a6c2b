using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>Lets ClrMD read a clone: its memory by pages, the runtime's module and each thread's position.</summary>
internal sealed class CloneDataReader : SubstitutingReader
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

    public override string DisplayName => "clone of this process";

    public override int ProcessId => _clone.ProcessId;

    public override IEnumerable<ModuleInfo> EnumerateModules() =>
        RuntimeModule.Find(this, () => _clone.ReadLines("/proc/self/maps"));

    public override bool GetThreadContext(uint threadID, uint contextFlags, Span<byte> context)
    {
        context.Clear();
        if (!_threads.TryGetValue((int)threadID, out ThreadCapture? thread) || thread.StackPointer == 0) return false;
        ContextLayout.OfThisProcessor!.Write(context, contextFlags, thread);
        return true;
    }

    public override IEnumerable<uint> EnumerateOSThreadIds() => _clone.Threads.Select(t => (uint)t.ThreadId);

    public override void FlushCachedData()
    {
        _pages.Clear();
        _buffers.TakeAllBack();
    }

    public override void Dispose()
    {
        FlushCachedData();
        _buffers.Dispose();
    }

    protected override int ReadAsIs(ulong address, Span<byte> buffer)
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
