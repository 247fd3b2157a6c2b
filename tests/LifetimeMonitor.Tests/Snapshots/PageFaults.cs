using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>Counts the page faults of this thread.</summary>
internal static unsafe partial class PageFaults
{
    public const int PageSize = 4096;

    /// <summary>Writes to each page; returns the number of faults.</summary>
    public static long InWriting(byte* memory, int pages)
    {
        long before = SoFar();
        for (int i = 0; i < pages; i++) memory[i * PageSize]++;
        return SoFar() - before;
    }

    // struct rusage: two times of two words each, then words; the fifth counts the faults that needed no disk.
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
