using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>The system calls a clone needs, as one seam: tests make each of them fail.</summary>
internal unsafe interface ILinux
{
    /// <summary>Runs the machine code of <c>clone.c</c>: the child's process id, or a negative errno.</summary>
    int Clone(CloneRequest* request);

    /// <summary>Kills the child: 0, or a negative errno.</summary>
    int Kill(int processId);

    /// <summary>Takes the child's end from the kernel: its process id, 0 when it has not ended yet, or a negative errno.</summary>
    int Reap(int processId, bool wait);

    /// <summary>A file in /proc.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    Stream Open(string file);

    /// <summary>Whether the child is still there to be read. One that is not stays a zombie, so that its number is nobody else's.</summary>
    bool IsAlive(int processId);

    /// <summary>The child's memory as a file; an invalid handle where the system does not let us open it.</summary>
    SafeFileHandle OpenMemory(int processId);

    /// <summary>
    /// Reads the child's memory: bytes read, which may be fewer than asked, or a negative errno. Where there is no file of it
    /// (<see cref="OpenMemory"/>), by a call that copies each page in the child that it still shares with us.
    /// </summary>
    nint Read(int processId, SafeFileHandle memory, ulong address, Span<byte> buffer);

    /// <summary>Memory that a child shares with us; a negative errno when there is none.</summary>
    nint AllocateShared(nint length);

    /// <summary>Gives such memory back.</summary>
    void FreeShared(nint memory, nint length);

    /// <summary>Spares the next write to each page of ours its fault, and changes nothing else: 0, or a negative errno.</summary>
    int MakeWritable(ulong start, ulong length);

    /// <summary>The system's id of the calling thread.</summary>
    int ThreadId();

    /// <summary>How many processors this process may keep busy: no more than its quota, which its affinity does not tell.</summary>
    int Processors();

    /// <summary>The number of the processor that the calling thread is on.</summary>
    int Processor();

    /// <summary>Has the calling thread go on by another processor than this one; without effect where it may use no other.</summary>
    void Avoid(int processor);

    /// <summary>Sleeps while a word that a child shares with us has a value, until it is woken or the time is over.</summary>
    void Sleep(int* word, int value, TimeSpan limit);

    /// <summary>Wakes the child that sleeps on a word.</summary>
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

    /// <summary>The same; nothing where the file cannot be read.</summary>
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

    /// <summary>The first line; null where the file cannot be read, or is empty.</summary>
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
