using System.Runtime.InteropServices;

namespace LifetimeMonitor.Tests.Snapshots;

/// <summary>How many page faults something takes this thread.</summary>
internal static unsafe partial class PageFaults
{
    public const int PageSize = 4096;

    /// <summary>Writes to each of some pages.</summary>
    public static long InWriting(byte* memory, int pages)
    {
        long before = SoFar();
        for (int i = 0; i < pages; i++) memory[i * PageSize]++;
        return SoFar() - before;
    }

    // struct rusage: two times of two words each, then words, of which the fifth counts the faults that needed no disk.
    private static long SoFar()
    {
        const int OfThisThread = 1, Words = 18, MinorFaults = 8;
        long* usage = stackalloc long[Words];
        Assert.Equal(0, getrusage(OfThisThread, usage));
        return usage[MinorFaults];
    }

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int getrusage(int who, long* usage);
}
