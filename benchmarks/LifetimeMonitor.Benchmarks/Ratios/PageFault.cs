using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LifetimeMonitor.Benchmarks.Ratios;

/// <summary>
/// What the machine takes for a page that is touched for the first time. A copy of a process pays for each page that is read in it, a collection
/// in the same process for none; so what a search costs beside a collection is also a property of the machine.
/// </summary>
internal static class PageFault
{
    private const int PageSize = 4096, Pages = 16 * 1024, Rounds = 5;

    /// <summary>The median of some rounds, in microseconds.</summary>
    public static double Microseconds() => Enumerable.Range(0, Rounds).Select(_ => TouchFreshMemory()).Order().ElementAt(Rounds / 2);

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
