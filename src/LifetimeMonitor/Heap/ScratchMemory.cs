using System.Runtime.InteropServices;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.Heap;

/// <summary>
/// Memory for what is copied out of a snapshot, in pieces of one size. It makes no garbage, and on Linux a clone does not share it: of all else that
/// is ours each page that is written to while there is a clone costs a fault, and is copied.
/// </summary>
/// <param name="linux">The system calls; null on other systems.</param>
internal sealed unsafe class ScratchMemory(ILinux? linux)
{
    public const int PieceLength = 64 * 1024;

    // What was never written to takes no memory.
    private const int ExtentLength = 2 * 1024 * 1024;
    private readonly object _gate = new();
    private readonly List<nint> _extents = [];

    // Pieces of the last extent that nobody had yet; and those that came back, each of which begins with the address of the next.
    private nint _fresh, _end;
    private nint* _free;
    private volatile int _taken;

    /// <summary>The one of this process.</summary>
    public static ScratchMemory Shared { get; } = new(OperatingSystem.IsLinux() ? new LinuxCalls() : null);

    /// <summary>Pieces that somebody has.</summary>
    public int Taken => _taken;

    /// <summary>Bytes that it has from the system.</summary>
    public long Length => (long)_extents.Count * ExtentLength;

    /// <summary>A piece, in which is what is left from before; 0 when the system has no more.</summary>
    public nint Take()
    {
        lock (_gate)
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

    /// <summary>A piece is free again. Once nobody has any, what is more than most checks need goes back to the system: what was handed out is there until then.</summary>
    public void TakeBack(nint piece)
    {
        lock (_gate)
        {
            *(nint**)piece = _free;
            _free = (nint*)piece;
            if (--_taken == 0) Shrink(to: 1);
        }
    }

    /// <summary>Gives all of it back to the system. Nobody may have any.</summary>
    public void Free()
    {
        lock (_gate) Shrink(to: 0);
    }

    private bool TryExtend()
    {
        nint extent = linux is null ? (nint)NativeMemory.Alloc(ExtentLength) : linux.AllocateShared(ExtentLength);
        if (extent <= 0) return false;
        _extents.Add(extent);
        (_fresh, _end) = (extent, extent + ExtentLength);
        return true;
    }

    private void Shrink(int to)
    {
        for (int i = _extents.Count; i > to; i--)
        {
            if (linux is null) NativeMemory.Free((void*)_extents[i - 1]);
            else linux.FreeShared(_extents[i - 1], ExtentLength);
            _extents.RemoveAt(i - 1);
        }

        // All that is left is free.
        _free = null;
        (_fresh, _end) = _extents.Count == 0 ? (0, 0) : (_extents[0], _extents[0] + ExtentLength);
    }
}
