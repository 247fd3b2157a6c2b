using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>
/// Makes the kernel continue us (SIGCONT) repeatedly from a time on. createdump stops a thread with a SIGSTOP, and
/// takes it back after it has seen the thread stop. If createdump is killed in between, that signal stops our whole
/// process, and then no code of ours can continue it. Nothing is sent before that time: it would cancel the SIGSTOP of
/// a thread that createdump is waiting for. If the system gives no such timer, the risk remains.
/// </summary>
internal sealed unsafe class WakeUpTimer : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);

    // Before glibc 2.34 the functions of these names are in another library.
    private static readonly (nint Create, nint Set, nint Delete)? s_calls = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (222, 223, 226),
        Architecture.Arm64 => (107, 110, 111),
        _ => null,
    };

    private readonly int? _timer;

    private WakeUpTimer(int? timer) => _timer = timer;

    /// <param name="after">When the signals begin; null: not before <see cref="Start"/>.</param>
    public static WakeUpTimer Begin(TimeSpan? after)
    {
        if (s_calls is not { } calls) return new WakeUpTimer(null);
        const nint Monotonic = 1;
        // struct sigevent: value, signal, how to notify (SIGEV_SIGNAL is 0).
        byte* how = stackalloc byte[64];
        new Span<byte>(how, 64).Clear();
        ((int*)how)[2] = ChildCalls.ContinueSignal;
        int id;
        var timer = new WakeUpTimer(
            ChildCalls.syscall(calls.Create, Monotonic, (nint)how, (nint)(&id), 0) == 0 ? id : null);
        if (after is { } time) timer.Set(time);
        return timer;
    }

    /// <summary>The signals begin now.</summary>
    public void Start() => Set(s_interval);

    public void Dispose()
    {
        if (_timer is { } timer) _ = ChildCalls.syscall(s_calls!.Value.Delete, timer, 0, 0, 0);
    }

    private void Set(TimeSpan first)
    {
        if (_timer is not { } timer) return;
        // struct itimerspec: the interval, then the first time, each as seconds and nanoseconds.
        long* times = stackalloc long[4];
        (times[0], times[1]) =
            (s_interval.Ticks / TimeSpan.TicksPerSecond, s_interval.Ticks % TimeSpan.TicksPerSecond * 100);
        (times[2], times[3]) = (first.Ticks / TimeSpan.TicksPerSecond, first.Ticks % TimeSpan.TicksPerSecond * 100);
        _ = ChildCalls.syscall(s_calls!.Value.Set, timer, 0, (nint)times, 0);
    }
}
