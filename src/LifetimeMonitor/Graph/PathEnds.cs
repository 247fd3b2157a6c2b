namespace LifetimeMonitor.Graph;

/// <summary>Both ends of a path whose objects come one by one, from the target to the root, and what is notable between them.</summary>
/// <param name="length">So many references of each end are kept; a run counts as one.</param>
internal sealed class PathEnds(int length)
{
    private readonly List<PathItem> _nearTarget = [];
    private readonly Queue<PathItem> _nearRoot = new();
    private readonly PathMiddle _middle = new();
    private int _countNearTarget, _countNearRoot;

    public void Add(PathItem item)
    {
        int count = item.IsRepeated ? 0 : 1;
        if (_countNearRoot == 0 && _countNearTarget + count <= length)
        {
            _countNearTarget += count;
            _nearTarget.Add(item);
            _middle.Know(item.Kind);
            return;
        }

        _countNearRoot += count;
        _nearRoot.Enqueue(item);
        while (_countNearRoot > length)
        {
            PathItem oldest = _nearRoot.Dequeue();
            if (!oldest.IsRepeated) _countNearRoot--;
            _middle.Add(oldest);
        }
    }

    /// <summary>What was kept, the root's object first.</summary>
    public ObjectPath Path(int root)
    {
        PathItem[] kept = [.. _nearTarget, .. _middle.Kept(), .. _nearRoot];
        Array.Reverse(kept);
        return new ObjectPath(root, Array.ConvertAll(kept, i => i.Address))
        {
            Gaps = [.. kept.Select((item, i) => item.LeftOut > 0 ? new PathGap(i + 1, item.LeftOut, item.First, item.Last, item.IsUniform) : null).OfType<PathGap>()],
        };
    }
}
