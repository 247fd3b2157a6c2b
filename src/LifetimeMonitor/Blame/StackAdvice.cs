using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>
/// Advice for an object that is itself a local of a running method, or of one that is still on a stack.
/// </summary>
internal static class StackAdvice
{
    /// <summary>The advice; null where the local leads to the object, and something else is to blame.</summary>
    public static string? For(NamedPath path, int suspect, string leaked)
    {
        if (!path.Root.IsStack) return null;
        if (path.Root.IsOfAssertingThread && path.Steps.FirstOrDefault(s => s.HasEnded) is { } ended)
            return $"The check runs inside a continuation of {ended.TypeName}, which has ended but is still on this "
                + "stack with its variables: use AssertDeadAsync, which looks again after it has returned.";
        if (!IsVariable(path, suspect)) return null;
        if (path.Frame is { IsTest: true })
            return "It is your test's own local: in unoptimized code locals live to the end of the method. Make the "
                + "object with LifeTimeMonitor.Track(() => …), which keeps it out of the test's frame.";
        if (path.Frame is not { IsOurs: false, Method: var method }) return null;
        return path.Root.IsOfAssertingThread
            ? $"It is a local of {method}, which has not returned yet: make the {leaked} with "
                + "LifeTimeMonitor.Track(() => …), or check after the method has returned."
            : $"It is a local of {method}, which another thread still runs: let that method end, or set its variable "
                + "to null, before the check.";
    }

    // The object is the local, or a local that a lambda of the same method captured.
    private static bool IsVariable(NamedPath path, int suspect) =>
        suspect == path.Steps.Count - 1 && OwnVariables.Is(path, suspect);
}
