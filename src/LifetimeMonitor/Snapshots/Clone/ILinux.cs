namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>The system calls a clone needs, as one seam: tests make each of them fail.</summary>
internal unsafe interface ILinux
{
    /// <summary>Runs the machine code of <c>clone.c</c>: the child's process id, or a negative errno.</summary>
    int Clone(CloneRequest* request);

    /// <summary>Kills the child and waits until nothing of it is left.</summary>
    void KillAndReap(int processId);

    /// <summary>Whether the child is still there to be read. One that is not stays a zombie, so that its number is nobody else's.</summary>
    bool IsAlive(int processId);

    /// <summary>Reads the child's memory: bytes read, which may be fewer than asked, or a negative errno.</summary>
    nint Read(int processId, ulong address, Span<byte> buffer);

    /// <summary>
    /// Memory that is never given back, because a late signal may still look at it, and that a child shares with us, because
    /// it answers there; a negative errno when there is none.
    /// </summary>
    nint AllocateForever(nint length);

    /// <summary>Memory that a child shares with us; a negative errno when there is none.</summary>
    nint AllocateShared(nint length);

    /// <summary>Gives such memory back.</summary>
    void FreeShared(nint memory, nint length);

    /// <summary>Sleeps while a word that a child shares with us has a value, until it is woken or the time is over.</summary>
    void Sleep(int* word, int value, TimeSpan limit);

    /// <summary>Wakes the child that sleeps on a word.</summary>
    void Wake(int* word);
}
