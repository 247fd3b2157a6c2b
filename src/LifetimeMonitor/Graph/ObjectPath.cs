namespace LifetimeMonitor.Graph;

/// <summary>
/// A shortest path: the number of the root it begins at, and the objects on it, the target last. Of a very long one some objects are only
/// counted (<see cref="PathShortener"/>).
/// </summary>
internal sealed record ObjectPath(int Root, IReadOnlyList<ulong> Objects)
{
    public ulong Target => Objects[^1];

    /// <summary>Where objects were left out, in order.</summary>
    public IReadOnlyList<PathGap> Gaps { get; init; } = [];

    /// <summary>Whether memory showed each reference once more when objects were left out; they cannot be looked at any more.</summary>
    public bool IsConfirmed { get; init; } = true;

    /// <summary>What was left out before an object that was kept, or null.</summary>
    public PathGap? GapBefore(int index)
    {
        int low = 0, high = Gaps.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Gaps[middle].Before < index) low = middle + 1;
            else high = middle;
        }

        return low < Gaps.Count && Gaps[low].Before == index ? Gaps[low] : null;
    }

    /// <summary>The object before one that was kept, whether it was kept itself or not.</summary>
    public ulong HolderOf(int index) => GapBefore(index)?.Last ?? Objects[index - 1];

    /// <summary>The object behind one that was kept, whether it was kept itself or not.</summary>
    public ulong HeldBy(int index) => GapBefore(index + 1)?.First ?? Objects[index + 1];

    /// <summary>The same path from an object before its first one.</summary>
    public ObjectPath Behind(ulong first) => this with { Objects = [first, .. Objects], Gaps = [.. Gaps.Select(g => g with { Before = g.Before + 1 })] };

    /// <summary>How many objects of the whole path are before one that was kept.</summary>
    public int NumberOf(int index) => index + Gaps.Where(g => g.Before <= index).Sum(g => g.Count);

    /// <summary>Some of what was kept, with the gaps between.</summary>
    /// <param name="from">The first.</param>
    /// <param name="until">The one behind the last.</param>
    public ObjectPath Part(int from, int until) => from == 0 && until == Objects.Count ? this : this with
    {
        Objects = [.. Objects.Skip(from).Take(until - from)],
        Gaps = [.. Gaps.Where(g => g.Before > from && g.Before < until).Select(g => g with { Before = g.Before - from })],
    };
}

/// <summary>Objects of a path, one after the other, that were counted and not kept.</summary>
/// <param name="Before">The number, among those that were kept, of the object behind them.</param>
/// <param name="Count">How many.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="IsUniform">Each is held by the one before in the same field of the same type, and so holds the next.</param>
internal sealed record PathGap(int Before, int Count, ulong First, ulong Last, bool IsUniform);
