using System.Runtime.InteropServices;
using LifetimeMonitor.TestHost.Hostile;

namespace LifetimeMonitor.TestHost.Chaos.Loads;

/// <summary>Signals to this process: those that .NET hands on to whoever registered, and one with a native handler that does nothing.</summary>
/// <param name="threads">How many threads send.</param>
/// <param name="pause">
/// Their rest. Without one, the pipe through which .NET's handlers hand signals on is full sooner or later: a thread of managed code then
/// waits in a handler, a collection waits for the thread, and the reader of the pipe waits for the collection.
/// </param>
internal sealed partial class Signals(int threads, int pause) : ThreadedLoad(threads, pause)
{
    // Not SIGCONT: it takes away the stop with which createdump attaches to each thread, and createdump then waits for ever with the others stopped.
    private const int SIGCHLD = 17, SIGWINCH = 28, Native = 34 + 10;
    private static readonly int[] s_managed = [SIGWINCH, SIGCHLD], s_signals = [.. s_managed, Native];
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _received;

    /// <summary>Installs what stays: the runtime's own handlers, and the native one, of which nothing is ever taken away.</summary>
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
        foreach (int signal in s_managed) _registrations.Add(PosixSignalRegistration.Create((PosixSignal)signal, _ => Interlocked.Increment(ref _received)));
    }

    private void Unregister()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _registrations.Clear();
    }

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int process, int signal);
}
