using LifetimeMonitor.Snapshots;

namespace LifetimeMonitor.Tests.Snapshots;

public sealed class StackMapTests
{
    private static readonly StackMap s_map = new(
    [
        "7f0000000000-7f0000001000 ---p 00000000 00:00 0 ",
        "7f0000001000-7f0000200000 rw-p 00000000 00:00 0 ",
        "7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0                          [stack]",
        "nonsense",
    ]);

    [Theory]
    [InlineData(0x7f0000001000, 0x7f0000200000)]
    [InlineData(0x7f00001fffff, 0x7f0000200000)]
    [InlineData(0x7ffc00010000, 0x7ffc00021000)]
    public void A_stack_ends_where_its_mapping_ends(ulong stackPointer, ulong expected) => Assert.Equal(expected, s_map.BaseOf(stackPointer));

    [Theory]
    [InlineData(0)]
    [InlineData(0x7f0000000800)]
    [InlineData(0x7f0000200000)]
    public void A_stack_pointer_that_points_into_no_stack_has_no_base(ulong stackPointer) => Assert.Equal(0UL, s_map.BaseOf(stackPointer));
}
