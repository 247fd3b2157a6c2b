namespace LifetimeMonitor.Diagnosis;

/// <summary>The word for being alive, from what was found.</summary>
internal static class Verdicts
{
    /// <summary>Something holds the object that does not go away by itself.</summary>
    public static bool IsDurable(PathSearchResult search) => search.Path is { Kind: not (RootKind.Stack or RootKind.ExceptionBeingHandled or RootKind.FinalizerQueue) };

    /// <summary>Only a handle holds it, which a finalizer may free; or nobody knows.</summary>
    public static bool MayBeFreedByFinalizer(PathSearchResult search) => search.Path?.Kind is null or RootKind.StrongHandle or RootKind.PinnedHandle;

    public static LifetimeVerdict Of(PathSearchResult search) => search switch
    {
        { Path.Kind: RootKind.Stack or RootKind.ExceptionBeingHandled } => LifetimeVerdict.StackOnly,
        { Path.Kind: RootKind.FinalizerQueue } => LifetimeVerdict.FinalizerPending,
        { Path: null, Certainty: PathCertainty.Exact } => LifetimeVerdict.Transient,
        _ => LifetimeVerdict.Retained,
    };
}
