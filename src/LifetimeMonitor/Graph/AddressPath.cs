namespace LifetimeMonitoring.Graph;

/// <summary>
/// A shortest path: the number of its root, and the objects on it, the target last.
/// Some objects of a very long path are only counted (<see cref="PathShortener"/>).
/// </summary>
internal sealed record AddressPath(int Root, IReadOnlyList<ulong> Objects)
{
    public ulong Target => Objects[^1];

    /// <summary>The places where objects were left out, in order.</summary>
    public IReadOnlyList<PathGap> Gaps { get; init; } = [];

    /// <summary>
    /// Whether a second read of the memory showed each reference when objects were left out. No later check can see
    /// them.
    /// </summary>
    public bool IsConfirmed { get; init; } = true;

    /// <summary>The objects left out before a kept one; null for none.</summary>
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

    /// <summary>The object before a kept one, itself kept or left out.</summary>
    public ulong HolderOf(int index) => GapBefore(index)?.Last ?? Objects[index - 1];

    /// <summary>The object after a kept one, itself kept or left out.</summary>
    public ulong HeldBy(int index) => GapBefore(index + 1)?.First ?? Objects[index + 1];

    /// <summary>The number of objects of the whole path before a kept one.</summary>
    public int NumberOf(int index) => index + Gaps.Where(g => g.Before <= index).Sum(g => g.Count);

    /// <summary>The same path with one more object at its beginning.</summary>
    public AddressPath Behind(ulong first) => this with
    {
        Objects = [first, .. Objects],
        Gaps = [.. Gaps.Select(g => g with { Before = g.Before + 1 })],
    };

    /// <summary>Some of the kept objects, with the gaps between them.</summary>
    /// <param name="from">The first.</param>
    /// <param name="until">The one after the last.</param>
    public AddressPath Part(int from, int until) => from == 0 && until == Objects.Count ? this : this with
    {
        Objects = [.. Objects.Skip(from).Take(until - from)],
        Gaps =
        [
            .. Gaps
                .Where(g => from < g.Before && g.Before < until)
                .Select(g => g with { Before = g.Before - from }),
        ],
    };
}

/// <summary>Consecutive objects of a path that were counted and not kept.</summary>
/// <param name="Before">The index of the next kept object.</param>
/// <param name="Count">The number of objects.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="IsUniform">One kind of reference leads to each of them, and from the last to the next object.</param>
internal sealed record PathGap(int Before, int Count, ulong First, ulong Last, bool IsUniform);
