using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>Makes the path that the user sees: with its suspect, the advice and its fingerprint.</summary>
internal static class PathReport
{
    public static RootPath Of(
        RootKind kind,
        NamedPath path,
        int suspect,
        IReportWriter writer,
        string? advice = null)
    {
        int instance = FrameworkHops.Before(path);
        IEnumerable<PathStep> steps = path.Steps.Skip(instance).Select((s, i) => Step(s, i + instance == suspect));
        if (instance > 0)
        {
            // A suspect among them stands for all of them.
            steps = steps.Skip(1).Prepend(new PathStep(FrameworkHops.Words, path.Steps[instance].TypeName)
            {
                Kind = path.Steps[0].Kind,
                IsSuspect = suspect >= 0 && suspect <= instance,
            });
        }

        return new RootPath(kind, [.. steps], writer)
        {
            Thread = path.Root.Thread,
            Advice = advice ?? Advice.For(kind, path, suspect),
            Fingerprint = Fingerprint.Of(path, suspect),
        };
    }

    private static PathStep Step(NamedStep step, bool isSuspect) =>
        new(step.Words, step.TypeName)
        {
            Kind = step.Kind,
            DeclaringType = step.Facts.DeclaringType,
            Member = step.Facts.Member,
            Handler = step.Facts.Handler,
            Key = step.Facts.Key,
            Method = step.Facts.Method,
            SourceFile = step.Facts.Place?.File,
            Line = step.Facts.Place?.Line ?? 0,
            IsSuspect = isSuspect,
            Repeats = step.Repeats,
            Omitted = step.Omitted,
        };
}
