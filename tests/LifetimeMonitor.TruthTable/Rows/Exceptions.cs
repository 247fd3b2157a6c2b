using System.Runtime.CompilerServices;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class Exceptions
{
    // Before it, stacks with an exception in flight are not walked: what they hold is not told.
    private const int WalksWhileHandled = 10;
    private static Exception? s_last;

    public static Row[] Rows => [FieldWhileHandled with { TextSince = WalksWhileHandled }, DataWhileHandled with { TextSince = WalksWhileHandled }, DataAfterwards];

    private static Row FieldWhileHandled => Row.Running(
        "field of an exception that is being handled",
        leak: () => WhileHandled((leaked, handover) => throw new FailedException(handover.Watch(leaked)) { Subject = leaked }),
        mended: () => AfterHandling((leaked, handover) => throw new FailedException(handover.Watch(leaked)) { Subject = leaked }));

    private static Row DataWhileHandled => Row.Running(
        "Data of an exception that is being handled",
        leak: () => WhileHandled((leaked, handover) => throw new FailedException(handover.Watch(leaked)) { Data = { ["k17"] = leaked } }),
        mended: () => AfterHandling((leaked, handover) => throw new FailedException(handover.Watch(leaked)) { Data = { ["k17"] = leaked } }));

    private static Row DataAfterwards => Row.Of(
        "Data of an exception that a static field holds",
        leaked => s_last = new FailedException("kept") { Data = { ["k17"] = leaked } },
        _ => s_last = null);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifetimeReport WhileHandled(Action<Leaked, Watched> fail)
    {
        var watched = new Watched();
        try
        {
            Fail(fail, watched);
            throw new InvalidOperationException("It did not fail.");
        }
        catch (FailedException exception)
        {
            LifetimeReport report = watched.Monitor!.Check();
            GC.KeepAlive(exception);
            return report;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifetimeReport AfterHandling(Action<Leaked, Watched> fail)
    {
        var watched = new Watched();
        HandleAndForget(fail, watched);
        return watched.Monitor!.Check();
    }

    // In a frame of its own: an unoptimized method holds what it caught to its end.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HandleAndForget(Action<Leaked, Watched> fail, Watched watched)
    {
        try
        {
            Fail(fail, watched);
        }
        catch (FailedException exception)
        {
            GC.KeepAlive(exception);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(Action<Leaked, Watched> fail, Watched watched) => fail(new Leaked(), watched);

    private sealed class Watched
    {
        public LifeTimeMonitor? Monitor { get; private set; }

        public string Watch(Leaked leaked)
        {
            Monitor = new LifeTimeMonitor(leaked);
            return "failed";
        }
    }

    private sealed class FailedException(string message) : Exception(message)
    {
        public Leaked? Subject { get; init; }
    }
}
