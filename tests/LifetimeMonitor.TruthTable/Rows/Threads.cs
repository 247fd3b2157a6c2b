namespace LifetimeMonitor.TruthTable.Rows;

internal static class Threads
{
#pragma warning disable IDE1006 // A thread static begins with t_, as the framework's own do.
    [ThreadStatic]
    private static object? t_current;
#pragma warning restore IDE1006

    private static readonly ThreadLocal<object?> s_threadLocal = new();
    private static readonly AsyncLocal<object?> s_asyncLocal = new();
    private static ExecutionContext? s_context;

    public static Row[] Rows => [ThreadStatic, ThreadStaticOfAnother, ThreadLocal, AsyncLocal];

    private static Row ThreadStatic => Row.Of("thread static of this thread", leaked => t_current = leaked, _ => t_current = null);

    private static Row ThreadStaticOfAnother => Row.Running(
        "thread static of another thread",
        leak: () => CheckAgainst(worker => worker.Block(LifeTimeMonitor.Track(() => new Leaked(), use: leaked => t_current = leaked))),
        mended: () => CheckAgainst(worker => worker.Block(LifeTimeMonitor.Track(() => new Leaked(), use: leaked =>
        {
            t_current = leaked;
            t_current = null;
        }))));

    private static Row ThreadLocal => Row.Of("ThreadLocal", leaked => s_threadLocal.Value = leaked, _ => s_threadLocal.Value = null);

    private static Row AsyncLocal => Row.Of(
        "AsyncLocal in a captured ExecutionContext",
        leaked =>
        {
            s_asyncLocal.Value = leaked;
            s_context = ExecutionContext.Capture();
            s_asyncLocal.Value = null;
        },
        _ => s_context = null);

    private static LifetimeReport CheckAgainst(Action<Worker> body)
    {
        using var worker = Worker.Named("worker", body);
        return worker.Monitor.Check();
    }
}
