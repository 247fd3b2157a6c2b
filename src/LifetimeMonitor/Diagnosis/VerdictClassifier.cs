namespace LifetimeMonitoring.Diagnosis;

/// <summary>The verdict on a living object, from the findings.</summary>
internal static class VerdictClassifier
{
    /// <summary>The object has a holder that does not disappear by itself.</summary>
    public static bool IsDurable(PathSearchResult search) =>
        search.Path is { Kind: not (RootKind.Stack or RootKind.ExceptionBeingHandled or RootKind.FinalizerQueue) };

    /// <summary>The holder is unknown, or a handle that a finalizer may free.</summary>
    public static bool MayBeFreedByFinalizer(PathSearchResult search) =>
        search.Path?.Kind is null or RootKind.StrongHandle or RootKind.PinnedHandle;

    public static LifetimeVerdict Of(PathSearchResult search) => search switch
    {
        { Path.Kind: RootKind.Stack or RootKind.ExceptionBeingHandled } => LifetimeVerdict.StackOnly,
        { Path.Kind: RootKind.FinalizerQueue } => LifetimeVerdict.FinalizerPending,
        { Path: null, Certainty: PathCertainty.Exact } => LifetimeVerdict.Transient,
        { Path: null } => LifetimeVerdict.Alive,
        _ => LifetimeVerdict.Retained,
    };
}
