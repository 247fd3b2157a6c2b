using System.Collections.ObjectModel;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class Lists
{
    // Others come first, so that the index shown is not zero by chance.
    private static readonly List<Leaked> s_list = [new(), new()];
    private static readonly LinkedList<Leaked> s_linked = new([new Leaked(), new Leaked()]);
    private static readonly ObservableCollection<Leaked> s_observable = [new(), new()];
    private static readonly HashSet<Leaked> s_set = [new(), new()];

    public static Row[] Rows => [List, LinkedList, ObservableCollection, HashSet];

    private static Row List => Row.Of("List", s_list.Add, leaked => s_list.Remove(leaked));

    private static Row LinkedList => Row.Of("LinkedList", leaked => s_linked.AddLast(leaked), leaked => s_linked.Remove(leaked));

    private static Row ObservableCollection => Row.Of("ObservableCollection", s_observable.Add, leaked => s_observable.Remove(leaked));

    private static Row HashSet => Row.Of("HashSet", leaked => s_set.Add(leaked), leaked => s_set.Remove(leaked));
}
