using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeMonitor.TestHost.Hostile;

/// <summary>A chain of finalizers, each of which frees the handle that holds the next object. Nothing holds the first: all of it dies, a link for each collection.</summary>
internal static class FinalizerChain
{
    /// <param name="length">Links before the object that is checked.</param>
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
