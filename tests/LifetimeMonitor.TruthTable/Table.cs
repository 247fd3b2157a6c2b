using LifetimeMonitor.TruthTable.Rows;

namespace LifetimeMonitor.TruthTable;

/// <summary>All rows, in the order in which they run.</summary>
internal static class Table
{
#if RUNTIME_ASYNC
    // The others do not depend on how async methods are compiled.
    public static IReadOnlyList<Row> Rows { get; } = [.. Async.Rows, .. Iterators.Rows, .. Waiting.Rows];
#else
    public static IReadOnlyList<Row> Rows { get; } =
    [
        .. Statics.Rows,
        .. Events.Rows,
        .. Members.Rows,
        .. Threads.Rows,
        .. Lists.Rows,
        .. Maps.Rows,
        .. ImmutableCollections.Rows,
        .. Queues.Rows,
        .. Arrays.Rows,
        .. Handles.Rows,
        .. Delegates.Rows,
        .. Closures.Rows,
        .. Async.Rows,
        .. Iterators.Rows,
        .. Waiting.Rows,
        .. Suspects.Rows,
        .. Stacks.Rows,
        .. Exceptions.Rows,
        .. Shapes.Rows,
        .. Tracked.Rows,
        .. Contexts.Rows,
        .. DynamicAssemblies.Rows,
        .. Finalizers.Rows, // Last: one of them blocks the finalizer thread for a while.
    ];
#endif
}
