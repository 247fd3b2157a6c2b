using System.Runtime.CompilerServices;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class Stacks
{
    public static Row[] Rows => [BlockedThread, BlockedPoolThread, RunningThread, TestMethod];

    private static Row BlockedThread => Row.Running(
        "local of a blocked thread",
        leak: () =>
        {
            using var worker = Worker.Named("blocked", HoldAndBlock);
            return Row.CheckUntilExact(worker.Monitor);
        },
        mended: () => Worker.Named("blocked", HoldAndBlock).CheckAfterItsEnd());

    private static Row BlockedPoolThread => Row.Running(
        "local of a blocked thread of the pool",
        leak: () =>
        {
            using var worker = Worker.OfThePool(HoldAndBlock);
            return Row.CheckUntilExact(worker.Monitor);
        },
        mended: () => Worker.OfThePool(HoldAndBlock).CheckAfterItsEnd());

    private static Row RunningThread => Row.Running(
        "local of a running thread",
        leak: () =>
        {
            using var worker = Worker.Named("running", HoldAndSpin);
            return worker.Monitor.Check();
        },
        mended: () => Worker.Named("running", HoldAndSpin).CheckAfterItsEnd());

    private static Row TestMethod => Row.Running(
        "local of the test method",
        leak: ClosesOnEscape,
        mended: () => LifeTimeMonitor.Track(() => new Leaked(), use: leaked => leaked.Touch()).Check());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifetimeReport ClosesOnEscape()
    {
        var leaked = new Leaked();
        LifetimeReport report = Row.CheckUntilExact(new LifeTimeMonitor(leaked));
        GC.KeepAlive(leaked);
        return report;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HoldAndBlock(Worker worker)
    {
        Leaked held = Make(out LifeTimeMonitor monitor);
        worker.Block(monitor);
        GC.KeepAlive(held);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HoldAndSpin(Worker worker)
    {
        Leaked held = Make(out LifeTimeMonitor monitor);
        worker.Spin(monitor);
        GC.KeepAlive(held);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Leaked Make(out LifeTimeMonitor monitor)
    {
        var leaked = new Leaked();
        monitor = new LifeTimeMonitor(leaked);
        return leaked;
    }
}
