using LifetimeMonitoring.Graph;

namespace LifetimeMonitoring.Tests.Graph;

public sealed class AddressPathTests
{
    private static readonly AddressPath s_path = new(3, [1, 2, 10, 11, 20])
    {
        Gaps = [new PathGap(2, 7, 3, 9, IsUniform: true), new PathGap(4, 8, 12, 19, IsUniform: false)],
    };

    [Fact]
    public void Over_a_gap_an_object_is_held_by_the_last_one_that_was_left_out_and_holds_the_first()
    {
        Assert.Equal([1UL, 9UL, 10UL, 19UL], [.. Enumerable.Range(1, 4).Select(s_path.HolderOf)]);
        Assert.Equal([2UL, 3UL, 11UL, 12UL], [.. Enumerable.Range(0, 4).Select(s_path.HeldBy)]);
    }

    [Fact]
    public void Objects_are_numbered_with_those_that_were_left_out() =>
        Assert.Equal([0, 1, 9, 10, 19], [.. Enumerable.Range(0, 5).Select(s_path.NumberOf)]);

    [Fact]
    public void A_part_has_the_gaps_between_its_objects()
    {
        AddressPath part = s_path.Part(1, 4);
        Assert.Equal([2UL, 10UL, 11UL], part.Objects);
        Assert.Equal([new PathGap(1, 7, 3, 9, IsUniform: true)], part.Gaps);
        Assert.Same(s_path, s_path.Part(0, 5));
    }

    [Fact]
    public void Behind_another_object_all_gaps_are_one_further()
    {
        AddressPath path = s_path.Behind(100);
        Assert.Equal([100UL, 1UL, 2UL, 10UL, 11UL, 20UL], path.Objects);
        Assert.Equal([3, 5], [.. path.Gaps.Select(g => g.Before)]);
    }
}
