namespace LifetimeMonitoring.Graph;

/// <summary>
/// Keeps both ends of a path, and the notable references between them (<see cref="PathMiddle"/>).
/// Its objects come one by one, from the target to the root.
/// </summary>
/// <param name="length">The number of references to keep at each end. A run counts as one.</param>
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

    /// <summary>The kept objects, the root's object first.</summary>
    public AddressPath Path(int root)
    {
        PathItem[] kept = [.. _nearTarget, .. _middle.Kept(), .. _nearRoot];
        Array.Reverse(kept);
        var gaps = new List<PathGap>();
        for (int i = 0; i < kept.Length; i++)
        {
            PathItem item = kept[i];
            if (item.LeftOut > 0) gaps.Add(new PathGap(i + 1, item.LeftOut, item.First, item.Last, item.IsUniform));
        }

        return new AddressPath(root, Array.ConvertAll(kept, i => i.Address)) { Gaps = gaps };
    }
}
