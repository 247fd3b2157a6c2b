using System.Runtime.InteropServices;
using LifetimeMonitoring.TestHost.Hostile;

namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>
/// Signals to this process: signals that .NET dispatches to registrations, and one with an empty native handler.
/// </summary>
/// <param name="threads">The number of sending threads.</param>
/// <param name="pause">
/// Their pause. Without one, the pipe from .NET's handlers to its reader eventually fills up: a managed thread then
/// waits in a handler, a collection waits for the thread, and the reader of the pipe waits for the collection.
/// </param>
internal sealed partial class Signals(int threads, int pause) : ThreadedLoad(threads, pause)
{
    // Not SIGCONT: it cancels the stop by which createdump attaches to each thread. createdump then waits forever, and
    // the other threads stay stopped.
    private const int SIGCHLD = 17, SIGWINCH = 28, Native = 34 + 10;
    private static readonly int[] s_managed = [SIGWINCH, SIGCHLD], s_signals = [.. s_managed, Native];
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _received;

    /// <summary>
    /// Installs the permanent handlers: the runtime's own, and the native one, which is never removed.
    /// </summary>
    public static void Prepare()
    {
        ForeignSignals.InstallOneThatDoesNothing(Native);
        var once = new Signals(1, 1);
        once.Register();
        once.Unregister();
    }

    public override void Start()
    {
        Register();
        base.Start();
    }

    public override void Stop()
    {
        base.Stop();
        Unregister();
    }

    protected override void Work(int thread)
    {
        foreach (int signal in s_signals) _ = kill(Environment.ProcessId, signal);
    }

    private void Register()
    {
        foreach (int signal in s_managed)
            _registrations.Add(
                PosixSignalRegistration.Create((PosixSignal)signal, _ => Interlocked.Increment(ref _received)));
    }

    private void Unregister()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _registrations.Clear();
    }

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int process, int signal);
}
