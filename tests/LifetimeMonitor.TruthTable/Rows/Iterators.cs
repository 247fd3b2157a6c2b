using System.Runtime.CompilerServices;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class Iterators
{
    private static IEnumerator<int>? s_iterator;

    public static Row[] Rows => [Local, This];

    private static Row Local => Row.Made(
        "local of a suspended iterator",
        () =>
        {
            var handover = new StrongBox<Leaked?>();
            s_iterator = HoldLocal(handover);
            _ = s_iterator.MoveNext();
            return handover.Take();
        },
        _ => s_iterator = null);

    private static Row This => Row.Made(
        "this of a suspended iterator",
        () =>
        {
            var source = new Source();
            s_iterator = source.Numbers().GetEnumerator();
            _ = s_iterator.MoveNext();
            return source;
        },
        _ => s_iterator = null);

    private static IEnumerator<int> HoldLocal(StrongBox<Leaked?> handover)
    {
        Leaked leaked = handover.Make();
        yield return 1;
        leaked.Touch();
        yield return 2;
    }

    private sealed class Source
    {
        private int _next;

        public IEnumerable<int> Numbers()
        {
            while (true) yield return _next++;
        }
    }
}
