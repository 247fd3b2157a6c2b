using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Benchmarks.Ratios;

/// <summary>
/// The machine's time for the first access to a page. A copy of a process pays it for each page read in the copy; a
/// collection in the same process pays it for none. So the cost of a search relative to a collection also depends on
/// the machine.
/// </summary>
internal static class PageFault
{
    private const int PageSize = 4096, Pages = 16 * 1024, Rounds = 5;

    /// <summary>The median of some rounds, in microseconds.</summary>
    public static double Microseconds() =>
        Enumerable.Range(0, Rounds).Select(_ => TouchFreshMemory()).Order().ElementAt(Rounds / 2);

    private static unsafe double TouchFreshMemory()
    {
        byte* memory = (byte*)NativeMemory.Alloc(Pages, PageSize);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Pages; i++) memory[i * PageSize] = 1;
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        NativeMemory.Free(memory);
        return time.TotalMicroseconds / Pages;
    }
}
