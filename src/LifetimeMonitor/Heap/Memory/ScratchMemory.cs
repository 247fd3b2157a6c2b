using System.Runtime.InteropServices;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Heap.Memory;

/// <summary>
/// Memory for copies out of a snapshot, in pieces of one size. It makes no garbage, and on Linux a clone does not
/// share it. A clone does share our other memory: each write to a page of it costs a page fault and a copy.
/// </summary>
/// <param name="linux">The system calls; null on other systems.</param>
internal sealed unsafe class ScratchMemory(ILinux? linux)
{
    public const int PieceLength = 64 * 1024;

    // A page that was never written takes no memory.
    private const int ExtentLength = 2 * 1024 * 1024;
    private readonly object _gate = new();
    private readonly List<nint> _extents = [];

    // Unused pieces of the last extent; and returned pieces, each of which begins with the address of the next.
    private nint _fresh, _end;
    private nint* _free;
    private volatile int _taken;

    public static ScratchMemory OfThisSystem() => new(OperatingSystem.IsLinux() ? new LinuxCalls() : null);

    /// <summary>The number of pieces in use.</summary>
    public int Taken => _taken;

    /// <summary>Bytes allocated from the system.</summary>
    public long Length => (long)_extents.Count * ExtentLength;

    /// <summary>A piece, with old content in it; 0 when the system has no more memory.</summary>
    public nint Take()
    {
        using (Interruption.Lock(_gate))
        {
            nint piece = (nint)_free;
            if (piece != 0)
            {
                _free = *(nint**)piece;
            }
            else
            {
                if (_fresh == _end && !TryExtend()) return 0;
                piece = _fresh;
                _fresh += PieceLength;
            }

            _taken++;
            return piece;
        }
    }

    /// <summary>
    /// Frees a piece. Its memory stays until no piece is in use; then the system gets back the excess over the needs
    /// of most checks.
    /// </summary>
    public void TakeBack(nint piece)
    {
        using (Interruption.Lock(_gate))
        {
            *(nint**)piece = _free;
            _free = (nint*)piece;
            if (--_taken == 0) Shrink(to: 1);
        }
    }

    /// <summary>Returns all memory to the system. No piece may be in use.</summary>
    public void Free()
    {
        using (Interruption.Lock(_gate)) Shrink(to: 0);
    }

    private bool TryExtend()
    {
        nint extent = linux is null ? Allocate() : linux.AllocateShared(ExtentLength);
        if (extent <= 0) return false;
        _extents.Add(extent);
        (_fresh, _end) = (extent, extent + ExtentLength);
        return true;
    }

    private static nint Allocate()
    {
        try
        {
            return (nint)NativeMemory.Alloc(ExtentLength);
        }
        catch (OutOfMemoryException)
        {
            return 0;
        }
    }

    private void Shrink(int to)
    {
        for (int i = _extents.Count; i > to; i--)
        {
            if (linux is null) NativeMemory.Free((void*)_extents[i - 1]);
            else linux.FreeShared(_extents[i - 1], ExtentLength);
            _extents.RemoveAt(i - 1);
        }

        // All remaining pieces are free.
        _free = null;
        (_fresh, _end) = _extents.Count == 0 ? (0, 0) : (_extents[0], _extents[0] + ExtentLength);
    }
}
