using CsCheck;
using LifetimeMonitoring.Graph;

namespace LifetimeMonitoring.Tests.Graph;

/// <summary>
/// Paths of objects with numbers, beginning with 1 at the root. A list of kinds has the kind of each object's reference
/// to the next one.
/// </summary>
public sealed class PathShortenerTests
{
    private const int List = 3, Tree = 5, Element = 8, Rare = 11;

    [Fact]
    public void A_path_that_is_not_long_is_kept_whole()
    {
        AddressPath path = Shortened(Alternating(PathShortener.Longest - 1));
        Assert.Equal(Enumerable.Range(1, PathShortener.Longest).Select(i => (ulong)i), path.Objects);
        Assert.Empty(path.Gaps);
    }

    [Fact]
    public void Of_a_list_of_a_million_objects_both_ends_are_kept_and_the_rest_is_one_gap()
    {
        AddressPath path = Shortened([.. Enumerable.Repeat(List, 1_000_000)]);
        PathGap gap = Assert.Single(path.Gaps);
        Assert.True(gap.IsUniform);
        Assert.InRange(path.Objects.Count, 50, 200);
        Assert.Equal(1_000_001, path.Objects.Count + gap.Count);
        AssertWhole(path, [.. Enumerable.Repeat(List, 1_000_000)]);
    }

    [Fact]
    public void References_before_between_and_behind_lists_are_kept()
    {
        int[] kinds =
            [Element, Tree, .. Enumerable.Repeat(List, 5000), Rare, Tree, .. Enumerable.Repeat(List, 7000), Element];
        AddressPath path = Shortened(kinds);
        AssertWhole(path, kinds);
        Assert.All(path.Gaps, g => Assert.True(g.IsUniform));
        Assert.Equal(2, path.Gaps.Count);
        Assert.All(new ulong[] { 1, 2, 3, 5002, 5003, 5004, 5005, 12005, 12006 }, o => Assert.Contains(o, path.Objects));
    }

    // There are more of them than a report shows.
    [Fact]
    public void A_path_of_many_lists_has_all_of_them()
    {
        int[] list = [.. Enumerable.Repeat(List, 1000), Tree];
        int[] kinds = [.. Enumerable.Repeat(list, 200).SelectMany(k => k)];
        AddressPath path = Shortened(kinds);
        AssertWhole(path, kinds);
        Assert.Equal(200, path.Gaps.Count);
        Assert.All(path.Gaps, g => Assert.True(g.IsUniform));
    }

    // The report shows each of them as a separate reference.
    [Fact]
    public void Elements_of_one_kind_are_no_run()
    {
        int[] kinds = [.. Enumerable.Repeat(Element, 100_000)];
        AddressPath path = Shortened(kinds);
        AssertWhole(path, kinds);
        Assert.False(Assert.Single(path.Gaps).IsUniform);
        Assert.InRange(path.Objects.Count, PathShortener.Longest, PathShortener.Longest + 200);
    }

    [Fact]
    public void A_reference_of_a_kind_that_never_repeats_is_kept_with_its_neighbors()
    {
        int[] kinds = Alternating(200_000);
        kinds[100_000] = Rare;
        AddressPath path = Shortened(kinds);
        AssertWhole(path, kinds);
        Assert.Equal(2, path.Gaps.Count);
        Assert.All(Enumerable.Range(100_001 - 64, 128), o => Assert.Contains((ulong)o, path.Objects));
    }

    [Fact]
    public void A_list_in_the_middle_of_all_else_is_counted_with_it()
    {
        int[] kinds = [.. Alternating(20_000), .. Enumerable.Repeat(List, 30_000), .. Alternating(20_000)];
        AddressPath path = Shortened(kinds);
        AssertWhole(path, kinds);
        Assert.InRange(path.Objects.Count, PathShortener.Longest, PathShortener.Longest + 500);
    }

    [Fact]
    public void A_reference_that_was_not_there_any_more_makes_the_path_unconfirmed()
    {
        int[] kinds = [.. Enumerable.Repeat(List, 10_000)];
        Assert.True(Shortened(kinds).IsConfirmed);
        kinds[5000] = 0;
        Assert.False(Shortened(kinds).IsConfirmed);
    }

    [Fact]
    public void Kept_objects_are_in_order_all_others_are_counted_and_no_kind_is_missing() =>
        Gen.Select(Gen.Int[1, 24], Gen.OneOf(Gen.Int[1, 3], Gen.Int[50, 150], Gen.Int[1, 5000])).Array[1, 60]
            .Select(Gen.Int[1, 40], (runs, times) => Enumerable.Repeat(runs, times).SelectMany(r => r.SelectMany(Run)).ToArray())
            .Sample(kinds => AssertWhole(Shortened(kinds), kinds), iter: Thoroughness.Of(50, 2000));

    private static IEnumerable<int> Run((int Kind, int Length) run) => Enumerable.Repeat(run.Kind, run.Length);

    private static int[] Alternating(int length) =>
        [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? Element : Tree)];

    private static AddressPath Shortened(int[] kinds)
    {
        var path = new PathShortener();
        path.Add((ulong)kinds.Length + 1, 0);
        for (int i = kinds.Length; i > 0; i--) path.Add((ulong)i, kinds[i - 1]);
        return path.Path(root: 7);
    }

    private static void AssertWhole(AddressPath path, int[] kinds)
    {
        Assert.Equal((7, 1UL, (ulong)kinds.Length + 1), (path.Root, path.Objects[0], path.Target));
        var seen = new HashSet<int>();
        for (int i = 0; i < path.Objects.Count; i++)
        {
            int number = (int)path.Objects[i];
            Assert.Equal(number - 1, path.NumberOf(i));
            if (i == path.Objects.Count - 1) break;
            _ = seen.Add(kinds[number - 1]);
            Assert.Equal((ulong)number + 1, path.HeldBy(i));
            Assert.Equal(path.Objects[i + 1] - 1, path.HolderOf(i + 1));
            if (path.GapBefore(i + 1) is not { } gap) continue;
            Assert.Equal(gap.Last - gap.First + 1, (ulong)gap.Count);
            if (gap.IsUniform) Assert.Single(kinds[(number - 1)..(number + gap.Count)].Distinct());
        }

        Assert.Equal(kinds.Distinct().Order(), seen.Order());
        foreach (int kind in seen) AssertIsInFocus(Array.LastIndexOf(kinds, kind) + 1, path);
    }

    // The namer omits names near a gap.
    private static void AssertIsInFocus(int number, AddressPath path)
    {
        int index = Enumerable.Range(0, path.Objects.Count).First(i => path.Objects[i] >= (ulong)number);
        Assert.DoesNotContain(path.Gaps, g => !g.IsUniform && Math.Abs(g.Before - index) < 66);
    }
}
