using System.Runtime.CompilerServices;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class Finalizers
{
    private static readonly LifetimeOptions s_untilFreed = new() { TrackResurrection = true, TimeBudget = TimeSpan.FromSeconds(5) };
    private static readonly ManualResetEventSlim s_entered = new(), s_release = new();
    private static object? s_reborn;

    public static Row[] Rows => [Resurrected, Queued];

    private static Row Resurrected => Row.Running(
        "object that its finalizer resurrected",
        leak: () =>
        {
            try
            {
                return LifeTimeMonitor.Track(() => new Phoenix()).Check(s_untilFreed);
            }
            finally
            {
                s_reborn = null;
            }
        },
        mended: () => LifeTimeMonitor.Track(() => new Phoenix(), use: GC.SuppressFinalize).Check(s_untilFreed));

    private static Row Queued => Row.Running(
        "object that waits behind a stuck finalizer",
        leak: () =>
        {
            MakeFinalizersStick();
            try
            {
                return LifeTimeMonitor.Track(() => new Finalizable()).Check(s_untilFreed);
            }
            finally
            {
                s_release.Set();
            }
        },
        mended: () => LifeTimeMonitor.Track(() => new Finalizable()).Check(s_untilFreed));

    // The runtime takes the object that died last first: another one may only die when this one's finalizer is running.
    private static void MakeFinalizersStick()
    {
        MakeStuck();
        GC.Collect();
        s_entered.Wait();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeStuck() => _ = new Stuck();

    private sealed class Phoenix
    {
        ~Phoenix() => s_reborn = this;
    }

    private sealed class Finalizable
    {
        ~Finalizable() => GC.KeepAlive(this);
    }

    private sealed class Stuck
    {
        ~Stuck()
        {
            s_entered.Set();
            s_release.Wait();
        }
    }
}
