using System.Globalization;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>
/// Kills the child processes of checks from outside and at any time, as the system does when memory runs out.
/// </summary>
internal sealed partial class CloneKiller : IDisposable
{
    private const int SIGKILL = 9;
    private readonly Thread _thread;
    private volatile bool _isStopped;

    public CloneKiller(Random random)
    {
        int seed = random.Next();
        _thread = new Thread(() => Kill(new Random(seed))) { IsBackground = true, Name = "killer" };
        _thread.Start();
    }

    public int Killed { get; private set; }

    public void Dispose()
    {
        _isStopped = true;
        _thread.Join();
    }

    private void Kill(Random random)
    {
        while (!_isStopped)
        {
            foreach (string child in Leftovers.Children().Where(IsOurs))
            {
                Thread.SpinWait(random.Next(1_000_000)); // Some milliseconds.
                if (kill(int.Parse(child, CultureInfo.InvariantCulture), SIGKILL) == 0) Killed++;
            }

            Thread.Sleep(random.Next(3));
        }
    }

    // A clone has the name of the thread that made it, as does a program between its start and its exec.
    private static bool IsOurs(string child)
    {
        try
        {
            return File.ReadAllText($"/proc/{child}/comm").StartsWith("LifetimeMonitor", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int process, int signal);
}
