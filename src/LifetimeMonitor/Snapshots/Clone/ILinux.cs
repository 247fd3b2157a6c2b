namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>The system calls a clone needs, as one seam: tests make each of them fail.</summary>
internal unsafe interface ILinux
{
    /// <summary>Runs the machine code of <c>clone.c</c>: the child's process id, or a negative errno.</summary>
    int Clone(CloneRequest* request);

    /// <summary>Kills the child and waits until nothing of it is left.</summary>
    void KillAndReap(int processId);

    /// <summary>Whether the child is still there to be read.</summary>
    bool IsAlive(int processId);

    /// <summary>Reads the child's memory: bytes read, which may be fewer than asked, or a negative errno.</summary>
    nint Read(int processId, ulong address, Span<byte> buffer);

    /// <summary>
    /// Memory that is never given back, because a late signal may still look at it, and that a child shares with us, because
    /// it answers there; a negative errno when there is none.
    /// </summary>
    nint AllocateForever(nint length);
}
