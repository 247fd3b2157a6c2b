namespace LifetimeMonitor.Diagnosis;

/// <summary>The word for being alive, from what was found.</summary>
internal static class Verdicts
{
    public static LifetimeVerdict Of(PathSearchResult search) => search switch
    {
        { Path.Kind: RootKind.Stack } => LifetimeVerdict.StackOnly,
        { Path.Kind: RootKind.FinalizerQueue } => LifetimeVerdict.FinalizerPending,
        { Path: null, Certainty: PathCertainty.Exact } => LifetimeVerdict.Transient,
        _ => LifetimeVerdict.Retained,
    };
}
