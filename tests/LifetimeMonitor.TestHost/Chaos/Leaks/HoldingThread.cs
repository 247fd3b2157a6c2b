using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Chaos.Leaks;

/// <summary>Held by another, blocked thread: by a local variable, or by a thread static.</summary>
internal sealed class HoldingThread(bool isLocal) : Leak
{
    private readonly ManualResetEventSlim _release = new(initialState: false, spinCount: 0);
    private volatile LifeTimeMonitor? _monitor;
    private volatile OutOfMemoryException? _outOfMemory;
    private Thread? _thread;

#pragma warning disable IDE1006 // A thread static begins with t_, as the framework's own do.
    [ThreadStatic]
    private static object? t_held;
#pragma warning restore IDE1006

    private string Words => $"thread {_thread!.ManagedThreadId} \"holding\"";

    public override Expectation Expected => isLocal
        ? new(LifetimeVerdict.StackOnly, RootKind.Stack, $"local of HoldingThread.HoldLocal (*) on {Words}")
        : Expectation.ThreadStatic("HoldingThread.t_held", Words);

    public override LifeTimeMonitor Make()
    {
        _thread = new Thread(Hold) { Name = "holding", IsBackground = true };
        _thread.Start();
        SpinWait.SpinUntil(() =>
            _outOfMemory is not null
                || (_monitor is not null && _thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin)));
        return _monitor ?? throw _outOfMemory!;
    }

    public override void LetGo()
    {
        _release.Set();
        if (_thread is { ThreadState: not ThreadState.Unstarted }) _thread.Join();
        _release.Dispose();
    }

    private void Hold()
    {
        try
        {
            if (isLocal) HoldLocal();
            else HoldStatic();
        }
        catch (OutOfMemoryException e)
        {
            _outOfMemory = e;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HoldLocal()
    {
        Leaked held = MakeLocal(out LifeTimeMonitor monitor);
        _monitor = monitor;
        _release.Wait();
        GC.KeepAlive(held);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HoldStatic()
    {
        _monitor = LifeTimeMonitor.Track(() => new Leaked(), use: leaked => t_held = leaked);
        _release.Wait();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Leaked MakeLocal(out LifeTimeMonitor monitor)
    {
        var leaked = new Leaked();
        monitor = new LifeTimeMonitor(leaked);
        return leaked;
    }
}
