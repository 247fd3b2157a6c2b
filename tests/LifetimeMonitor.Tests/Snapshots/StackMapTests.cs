using System.Text;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Tests.Snapshots;

public sealed class StackMapTests
{
    private static readonly StackMap s_map = Map(
        "7f0000000000-7f0000001000 ---p 00000000 00:00 0 ",
        "7f0000001000-7f0000200000 rw-p 00000000 00:00 0 ",
        "7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0                          [stack]",
        "nonsense",
        "nonsense-nonsense rw-p",
        "-7ffd00000000 rw-p",
        "");

    [Theory]
    [InlineData(0x7f0000001000, 0x7f0000200000)]
    [InlineData(0x7f00001fffff, 0x7f0000200000)]
    [InlineData(0x7ffc00010000, 0x7ffc00021000)]
    public void A_stack_ends_where_its_mapping_ends(ulong stackPointer, ulong expected) =>
        Assert.Equal(expected, s_map.BaseOf(stackPointer));

    [Theory]
    [InlineData(0)]
    [InlineData(0x7f0000000800)]
    [InlineData(0x7f0000200000)]
    public void A_stack_pointer_that_points_into_no_stack_has_no_base(ulong stackPointer) => Assert.Equal(0UL, s_map.BaseOf(stackPointer));

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4096)]
    [InlineData(int.MaxValue)]
    public void However_the_lines_come_each_is_read(int atOnce)
    {
        string[] lines =
        [
            .. Enumerable.Range(1, 1000)
                .Select(i => $"{i:x}000-{i:x}800 rw-p 00000000 00:00 0 /a/path/that/is/{new string('x', i * 4)}")
        ];
        var map = new StackMap(new Trickle(Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n'), atOnce));
        for (ulong i = 1; i <= 1000; i++) Assert.Equal((i << 12) + 0x800, map.BaseOf((i << 12) + 0x7f8));
    }

    [Fact]
    public void A_line_that_is_too_long_is_passed_over()
    {
        StackMap map = Map($"1000-2000 rw-p 00000000 00:00 0 /{new string('x', 50_000)}", "3000-4000 rw-p 00000000 00:00 0");
        Assert.Equal(0x4000UL, map.BaseOf(0x3008));
    }

    private static StackMap Map(params string[] lines) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + '\n')))));

    /// <summary>Never returns more than a few bytes at once, like a file in /proc.</summary>
    private sealed class Trickle(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, atOnce)]);
    }
}
