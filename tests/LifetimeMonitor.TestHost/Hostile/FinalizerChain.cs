using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// A chain of finalizers, each of which frees the handle to the next object. The first object has no holder: the whole
/// chain dies, one link per collection.
/// </summary>
internal static class FinalizerChain
{
    /// <param name="length">The number of links before the checked object.</param>
    public static int Run(int length)
    {
        LifeTimeMonitor monitor = Make(length);
        LifetimeReport report = monitor.Check();
        Console.WriteLine($"{length} links: {report.Verdict}");
        if (report.Verdict != LifetimeVerdict.Dead) Console.WriteLine(report);
        LifetimeVerdict again = MakeAsync(length).GetAwaiter().GetResult();
        Console.WriteLine($"{length} links, asynchronously: {again}");
        return report.Verdict == LifetimeVerdict.Dead && again == LifetimeVerdict.Dead ? 0 : 1;
    }

    private static async Task<LifetimeVerdict> MakeAsync(int length) => (await Make(length).CheckAsync().ConfigureAwait(false)).Verdict;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifeTimeMonitor Make(int length)
    {
        var last = new Leaked();
        var monitor = new LifeTimeMonitor(last);
        object next = last;
        for (int i = 0; i < length; i++) next = new Link(next);
        return monitor;
    }

    private sealed class Link(object next)
    {
        private GCHandle _next = GCHandle.Alloc(next);

        ~Link() => _next.Free();
    }
}
