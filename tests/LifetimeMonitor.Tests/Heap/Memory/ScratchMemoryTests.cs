using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;
using LifetimeMonitoring.Tests.Snapshots;

namespace LifetimeMonitoring.Tests.Heap.Memory;

public sealed unsafe class ScratchMemoryTests : IDisposable
{
    private const int Extent = 2 * 1024 * 1024, PiecesOfAnExtent = Extent / ScratchMemory.PieceLength;
    private readonly ScratchMemory _memory = new(OperatingSystem.IsLinux() ? new LinuxCalls() : null);

    public void Dispose() => _memory.Free();

    [Fact]
    public void Pieces_do_not_overlap_and_keep_their_contents()
    {
        nint[] pieces = [.. Enumerable.Range(0, (3 * PiecesOfAnExtent) + 1).Select(_ => _memory.Take())];
        for (int i = 0; i < pieces.Length; i++) Bytes(pieces[i]).Fill((byte)i);
        for (int i = 0; i < pieces.Length; i++) Assert.Equal(-1, Bytes(pieces[i]).IndexOfAnyExcept((byte)i));
        Assert.Equal(4 * Extent, _memory.Length);
        foreach (nint piece in pieces) _memory.TakeBack(piece);
    }

    [Fact]
    public void Returned_memory_is_handed_out_before_more_is_requested()
    {
        nint kept = _memory.Take();
        for (int round = 0; round < 5; round++)
        {
            nint[] pieces = [.. Enumerable.Range(0, PiecesOfAnExtent - 1).Select(_ => _memory.Take())];
            Assert.Equal(PiecesOfAnExtent - 1, pieces.Distinct().Except([kept]).Count());
            foreach (nint piece in pieces) _memory.TakeBack(piece);
        }

        Assert.Equal(Extent, _memory.Length);
    }

    [Fact]
    public void While_somebody_has_a_piece_all_stays_and_then_all_but_a_little_is_given_back()
    {
        nint[] pieces = [.. Enumerable.Range(0, 2 * PiecesOfAnExtent).Select(_ => _memory.Take())];
        foreach (nint piece in pieces.Skip(1)) _memory.TakeBack(piece);
        Assert.Equal(2 * Extent, _memory.Length);
        // A reader of pieces that were taken back sees nonsense and does not crash.
        Assert.Equal(ScratchMemory.PieceLength, Bytes(pieces[^1]).ToArray().Length);
        _memory.TakeBack(pieces[0]);
        Assert.Equal(Extent, _memory.Length);
    }

    [Fact]
    public void Where_the_system_has_no_more_there_is_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere the runtime says it");
        var memory = new ScratchMemory(new LinuxWithoutMemory());
        Assert.Equal((0, 0, 0), (memory.Take(), memory.Taken, memory.Length));
        using var buffers = new PageBuffers(1024, memory);
        Assert.Equal((0, 0), (buffers.Next(), buffers.Bytes));
    }

    // Otherwise the system would copy each page that a diagnosis writes, with one fault per page.
    [Fact]
    public void While_there_is_a_clone_writing_to_it_costs_no_fault()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        const int Pages = ScratchMemory.PieceLength / PageFaults.PageSize;
        nint piece = _memory.Take();
        byte* other = (byte*)NativeMemory.AlignedAlloc(ScratchMemory.PieceLength, PageFaults.PageSize);
        _ = PageFaults.InWriting((byte*)piece, Pages) + PageFaults.InWriting(other, Pages);
        (long others, long ours) faults;
        // The other memory first: the first count includes faults by counting itself, on pages that the clone shares.
        using (new SnapshotLadder().Take(SnapshotKind.Clone))
            faults = (PageFaults.InWriting(other, Pages), PageFaults.InWriting((byte*)piece, Pages));
        NativeMemory.AlignedFree(other);
        _memory.TakeBack(piece);
        Assert.InRange(faults.others, Pages, 2 * Pages);
        // Not zero: code coverage writes to its own counters, which the clone shares, too.
        Assert.InRange(faults.ours, 0, Pages / 2);
    }

    private static Span<byte> Bytes(nint piece) => new((void*)piece, ScratchMemory.PieceLength);
}
