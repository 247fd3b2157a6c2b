namespace LifetimeMonitor.TruthTable.Rows;

internal static class Shapes
{
    private const int ChainLength = 1_000_000;
    private static object? s_first;
    private static object? s_second;
    private static Link? s_chain;

    public static Row[] Rows => [TwoRoots, NearAndFarRoot, Cycles, LongChain];

    private static Row TwoRoots => Row.Of(
        "object with two roots, one nearer",
        leaked =>
        {
            s_first = new Wrapper { Value = leaked };
            s_second = leaked;
        },
        _ => s_first = s_second = null);

    private static Row NearAndFarRoot => Row.Of(
        "object with two roots of different kinds",
        leaked =>
        {
            s_first = new Wrapper { Value = leaked };
            s_handle = System.Runtime.InteropServices.GCHandle.Alloc(leaked);
        },
        _ =>
        {
            s_first = null;
            s_handle.Free();
        });

    private static Row Cycles => Row.Of(
        "graph with cycles",
        leaked =>
        {
            var parent = new Wrapper();
            var child = new Wrapper { Parent = parent, Value = leaked };
            parent.Parent = child;
            parent.Value = child;
            leaked.Next = parent;
            s_first = parent;
        },
        _ => s_first = null);

    private static Row LongChain => Row.Made(
        "end of a list of 1,000,000 nodes",
        () =>
        {
            var last = new Link();
            Link first = last;
            for (int i = 1; i < ChainLength; i++) first = new Link { Next = first };
            s_chain = first;
            return last;
        },
        _ => s_chain = null,
        LifetimeOptions.Default with { MaxPaths = 1, MeasureRetained = false }); // which would be done or not, as time allows

    private static System.Runtime.InteropServices.GCHandle s_handle;

    private sealed class Wrapper
    {
        public object? Parent;
        public object? Value;
    }

    private sealed class Link
    {
        public Link? Next;
    }
}
