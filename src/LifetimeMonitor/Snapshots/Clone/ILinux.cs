using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>The system calls that a clone needs, behind one interface: tests make each of them fail.</summary>
internal unsafe interface ILinux
{
    /// <summary>Runs the machine code of <c>clone.c</c>: the child's process id, or a negative errno.</summary>
    int Clone(CloneRequest* request);

    /// <summary>Kills the child: 0, or a negative errno.</summary>
    int Kill(int processId);

    /// <summary>Reaps the child: its process id, 0 if it has not ended yet, or a negative errno.</summary>
    int Reap(int processId, bool wait);

    /// <summary>Opens a file in /proc.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    Stream Open(string file);

    /// <summary>
    /// Whether the child still lives. A dead child stays a zombie, so the system cannot reuse its process id.
    /// </summary>
    bool IsAlive(int processId);

    /// <summary>The child's memory as a file; an invalid handle if the system does not let us open it.</summary>
    SafeFileHandle OpenMemory(int processId);

    /// <summary>
    /// Reads the child's memory: bytes read, which may be fewer than requested, or a negative errno. Without a file of
    /// it (<see cref="OpenMemory"/>), a system call reads it and copies each page in the child that the child still
    /// shares with us.
    /// </summary>
    nint Read(int processId, SafeFileHandle memory, ulong address, Span<byte> buffer);

    /// <summary>Allocates memory that a child shares with us; a negative errno if there is none.</summary>
    nint AllocateShared(nint length);

    /// <summary>Frees such memory.</summary>
    void FreeShared(nint memory, nint length);

    /// <summary>
    /// Spares the next write to each of our pages its page fault, and changes nothing else: 0, or a negative errno.
    /// </summary>
    int MakeWritable(ulong start, ulong length);

    /// <summary>The system's id of the calling thread.</summary>
    int ThreadId();

    /// <summary>
    /// How many processors this process may use: at most its quota, which its affinity does not show.
    /// </summary>
    int Processors();

    /// <summary>The number of the processor that the calling thread is on.</summary>
    int Processor();

    /// <summary>Moves the calling thread off this processor; no effect if it may use no other.</summary>
    void Avoid(int processor);

    /// <summary>
    /// Sleeps on a futex shared with a child while it has a value, until a wake-up or the time limit.
    /// </summary>
    void Sleep(int* word, int value, TimeSpan limit);

    /// <summary>Wakes the child that sleeps on a futex.</summary>
    void Wake(int* word);
}

/// <summary>Files in /proc as text.</summary>
internal static class LinuxFiles
{
    /// <summary>The lines of a file in /proc.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IEnumerable<string> ReadLines(this ILinux linux, string file)
    {
        using var reader = new StreamReader(linux.Open(file));
        while (reader.ReadLine() is { } line) yield return line;
    }

    /// <summary>The lines of a file in /proc; empty if it cannot be read.</summary>
    public static IReadOnlyList<string> TryReadLines(this ILinux linux, string file)
    {
        try
        {
            return [.. linux.ReadLines(file)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The first line; null if the file cannot be read, or is empty.</summary>
    public static string? TryReadLine(this ILinux linux, string file)
    {
        try
        {
            return linux.ReadLines(file).FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
