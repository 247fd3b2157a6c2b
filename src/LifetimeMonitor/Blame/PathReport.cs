using LifetimeMonitor.Naming;

namespace LifetimeMonitor.Blame;

/// <summary>Makes the path that the user sees: with its suspect, what to do, and its fingerprint.</summary>
internal static class PathReport
{
    public static RootPath Of(RootKind kind, NamedPath path)
    {
        int suspect = Suspect.Of(path);
        return new RootPath(kind, [.. path.Steps.Select((s, i) => Step(s, i == suspect))])
        {
            Advice = Advice.For(kind, path, suspect),
            Fingerprint = Fingerprint.Of(path, suspect),
        };
    }

    private static PathStep Step(NamedStep step, bool isSuspect) =>
        new(step.Words, step.TypeName) { IsSuspect = isSuspect, Repeats = step.Repeats, Omitted = step.Omitted };
}
