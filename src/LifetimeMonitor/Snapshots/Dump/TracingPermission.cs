namespace LifetimeMonitor.Snapshots.Dump;

/// <summary>
/// The permission to trace us, where the Yama security module lets only ancestors trace (ptrace_scope 1, the default of some
/// distributions). It is given to us, which means to all our descendants, before createdump is one: it can be given to createdump only
/// when that has its process id, and could be too late. To take it back takes every permission back, also one that the program itself
/// has given to somebody, for example to a crash reporter: Yama keeps one, and does not tell whose it is. Where Yama allows tracing
/// anyway, or forbids it for good, nothing is touched.
/// </summary>
internal sealed class TracingPermission : IDisposable
{
    private const string Scope = "/proc/sys/kernel/yama/ptrace_scope";
    private const int SetTracer = 0x59616d61; // PR_SET_PTRACER
    private readonly bool _isGiven;

    private TracingPermission(bool isGiven) => _isGiven = isGiven;

    public static TracingPermission ToDescendants() =>
        new(IsNeeded() && ChildCalls.prctl(SetTracer, Environment.ProcessId, 0, 0, 0) == 0);

    public void Dispose()
    {
        if (_isGiven) _ = ChildCalls.prctl(SetTracer, 0, 0, 0, 0);
    }

    private static bool IsNeeded()
    {
        try
        {
            return File.ReadAllText(Scope).Trim() == "1";
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
