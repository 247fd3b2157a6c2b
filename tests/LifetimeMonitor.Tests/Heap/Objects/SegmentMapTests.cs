using CsCheck;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;

namespace LifetimeMonitoring.Tests.Heap.Objects;

public sealed class SegmentMapTests
{
    private static readonly SegmentMap s_map = new(
        [new Segment(0x3000, 0x4000, false), new Segment(0x1000, 0x2000, true), new Segment(0x9000, 0x9000, false)]);

    [Theory]
    [InlineData(0x0fff, -1)]
    [InlineData(0x1000, 0)]
    [InlineData(0x1fff, 0)]
    [InlineData(0x2000, -1)]
    [InlineData(0x3000, 1)]
    [InlineData(0x4000, -1)]
    [InlineData(0x9000, -1)]
    public void An_address_belongs_to_the_segment_it_lies_in(ulong address, int expected) => Assert.Equal(expected, s_map.IndexOf(address));

    [Fact]
    public void Slots_are_dense_and_different_for_every_place_an_object_can_be_at()
    {
        long[] slots =
        [
            .. new ulong[] { 0x1000, 0x3000 }.SelectMany(start =>
                Enumerable.Range(0, 0x200).Select(i => s_map.SlotOf(start + ((ulong)i * 8)))),
        ];
        Assert.Equal(slots.Length, slots.Distinct().Count());
        Assert.All(slots, s => Assert.InRange(s, 0, s_map.SlotCount - 1));
    }

    [Theory]
    [InlineData(0x1004)]
    [InlineData(0)]
    [InlineData(ulong.MaxValue)]
    public void No_object_is_off_its_alignment_or_outside(ulong address) => Assert.Equal(-1, s_map.SlotOf(address));

    [Fact]
    public void Without_segments_there_are_no_objects() => Assert.Equal(-1, new SegmentMap([]).SlotOf(8));

    [Fact]
    public void The_order_of_questions_does_not_matter() => Gen.ULong[0, 0x5000].Array[1, 20].Sample(addresses =>
    {
        var fresh = new SegmentMap(s_map.Segments);
        foreach (ulong address in addresses) Assert.Equal(new SegmentMap(s_map.Segments).IndexOf(address), fresh.IndexOf(address));
    });
}
