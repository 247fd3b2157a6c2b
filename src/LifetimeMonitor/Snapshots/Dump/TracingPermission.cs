namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>
/// The permission to trace us, where the Yama security module lets only ancestors trace (ptrace_scope 1, the default
/// of some distributions). We give it to ourselves, which includes all our descendants, before createdump is one. We
/// could give it to createdump only once that has its process id, and that could be too late. Taking the permission
/// back removes every permission, also one that the program gave to another process, such as a crash reporter: Yama
/// keeps only one, and does not report whose it is. Where Yama allows tracing anyway, or forbids it for good, we
/// change nothing.
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
