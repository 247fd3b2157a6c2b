using System.Runtime.InteropServices;
using System.Text;

namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>The output of a child, through a pipe that no other program inherits. Reading it never waits.</summary>
internal sealed unsafe class ChildPipe : IDisposable
{
    private const int PieceLength = 4096, MostKept = 64 * 1024;
    private readonly MemoryStream _read = new();
    private int _writeEnd;
    private int _filled;

    /// <exception cref="SnapshotRefusedException">The system gives no pipe.</exception>
    public ChildPipe()
    {
        int* ends = stackalloc int[2];
        if (ChildCalls.pipe2(ends, ChildCalls.CloseOnExec | ChildCalls.NonBlocking) != 0)
            throw new SnapshotRefusedException(
                $"the system gives no pipe to createdump ({Marshal.GetLastPInvokeErrorMessage()})");
        (ReadEnd, _writeEnd) = (AboveStandard(ends[0]), AboveStandard(ends[1]));
    }

    public int ReadEnd { get; private set; }

    /// <summary>For the child; we close it as soon as the child has it.</summary>
    public int WriteEnd => _writeEnd;

    /// <summary>The text read so far.</summary>
    public string Text => Encoding.UTF8.GetString(_read.GetBuffer(), 0, (int)_read.Length);

    /// <summary>Fills the pipe, so that the child cannot print before <see cref="Empty"/>.</summary>
    public void Fill()
    {
        byte* piece = stackalloc byte[PieceLength];
        new Span<byte>(piece, PieceLength).Clear();
        for (nint written; (written = ChildCalls.write(_writeEnd, piece, PieceLength)) > 0;) _filled += (int)written;
    }

    /// <summary>Makes writes wait while the pipe is full. Neither end of a new pipe waits.</summary>
    public void LetWriterWait() => _ = ChildCalls.fcntl(_writeEnd, ChildCalls.SetStatusFlags, 0);

    public void CloseWriteEnd()
    {
        if (_writeEnd >= 0) _ = ChildCalls.close(_writeEnd);
        _writeEnd = -1;
    }

    /// <summary>Removes the bytes of <see cref="Fill"/>, and nothing more.</summary>
    public void Empty()
    {
        byte* piece = stackalloc byte[PieceLength];
        for (nint read; _filled > 0
            && (read = ChildCalls.read(ReadEnd, piece, Math.Min(PieceLength, _filled))) > 0;)
            _filled -= (int)read;
    }

    /// <summary>Reads the available bytes.</summary>
    public void Read()
    {
        if (_filled > 0) return;
        byte* piece = stackalloc byte[PieceLength];
        for (nint read; (read = ChildCalls.read(ReadEnd, piece, PieceLength)) > 0;)
        {
            if (_read.Length < MostKept) _read.Write(new ReadOnlySpan<byte>(piece, (int)read));
        }
    }

    public void Dispose()
    {
        CloseWriteEnd();
        if (ReadEnd >= 0) _ = ChildCalls.close(ReadEnd);
        ReadEnd = -1;
        _read.Dispose();
    }

    // If the program closed its standard descriptors, the pipe gets their numbers, which the child's would overwrite.
    private static int AboveStandard(int descriptor)
    {
        const int FirstOther = 3;
        if (descriptor >= FirstOther) return descriptor;
        int above = ChildCalls.fcntl(descriptor, ChildCalls.DuplicateAbove, FirstOther);
        if (above < 0) return descriptor;
        _ = ChildCalls.close(descriptor);
        return above;
    }
}
