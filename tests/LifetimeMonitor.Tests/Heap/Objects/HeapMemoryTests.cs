using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;

namespace LifetimeMonitoring.Tests.Heap.Objects;

/// <summary>A heap of two segments in which each byte depends on its address.</summary>
public sealed class HeapMemoryTests
{
    private const ulong First = 0x10000, Second = 0x9000000;
    private const int FirstLength = 5000, SecondLength = 4 << 20;
    private static readonly SegmentMap s_segments = new(
        [new Segment(First, First + FirstLength, IsPinned: false), new Segment(Second, Second + SecondLength, IsPinned: false)]);
    private int _reads;
    private int _longest;

    [Fact]
    public void Memory_that_is_read_twice_is_copied_once()
    {
        using var memory = new HeapMemory(SharedScratch.Memory, s_segments, Read, expectsLittle: true);
        for (int i = 0; i < 3; i++) AssertRight(memory, Second + 100, 16);
        Assert.Equal((1, 1024), (_reads, memory.BytesRead));
    }

    [Fact]
    public void Bytes_of_several_blocks_come_in_one_piece_up_to_the_end_of_the_segment()
    {
        using var memory = new HeapMemory(SharedScratch.Memory, s_segments, Read, expectsLittle: true);
        AssertRight(memory, First + 1000, FirstLength - 1000);
        AssertRight(memory, Second + 1020, 8);
        Assert.True(memory.Read(First + 4990, 11).IsEmpty);
        Assert.True(memory.Read(First - 1, 1).IsEmpty);
    }

    [Fact]
    public void Where_much_is_expected_the_blocks_are_large_from_the_first()
    {
        using var memory = new HeapMemory(SharedScratch.Memory, s_segments, Read);
        for (ulong at = 0; at < SecondLength - 4000; at += 1000) AssertRight(memory, Second + at, 4000);
        Assert.Equal((SecondLength / (64 * 1024), SecondLength), (_reads, memory.BytesRead));
    }

    [Fact]
    public void Where_much_is_read_it_is_read_in_large_blocks()
    {
        using var memory = new HeapMemory(SharedScratch.Memory, s_segments, Read, expectsLittle: true);
        for (int round = 0; round < 2; round++)
        {
            for (ulong at = 0; at < SecondLength - 4000; at += 1000) AssertRight(memory, Second + at, 4000);
        }

        Assert.Equal(64 * 1024, _longest);
        Assert.True(_reads < 1024 + 3 + (SecondLength / (64 * 1024)), $"{_reads} reads");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(300)]
    [InlineData(2000)]
    public void Past_the_limit_reads_are_still_right(int limitInKilobytes)
    {
        using var memory = new HeapMemory(SharedScratch.Memory, s_segments, Read, limitInKilobytes * 1024, expectsLittle: true);
        var random = new Random(1);
        for (int i = 0; i < 5000; i++) AssertRight(memory, Second + (ulong)random.Next(SecondLength - 2500), random.Next(2500));
    }

    [Fact]
    public void Memory_that_is_read_again_at_the_limit_is_not_copied_again()
    {
        using var memory = new HeapMemory(SharedScratch.Memory, s_segments, Read, 2 * 1024, expectsLittle: true);
        AssertRight(memory, Second, 8);
        for (int i = 0; i < 5; i++) AssertRight(memory, Second + 1024, 8);
        Assert.Equal(2, _reads);
    }

    [Fact]
    public void Unreadable_memory_is_zero_and_counted_as_missing()
    {
        using var memory = new HeapMemory(SharedScratch.Memory, s_segments, (_, buffer) =>
        {
            buffer[..4].Fill(7);
            return 4;
        });
        Assert.Equal([7, 7, 7, 7, 0, 0, 0, 0], memory.Read(First, 8).ToArray());
        Assert.Equal(1, memory.Missing);
    }

    private static void AssertRight(HeapMemory memory, ulong address, int length)
    {
        ReadOnlySpan<byte> bytes = memory.Read(address, length);
        Assert.Equal(length, bytes.Length);
        for (int i = 0; i < length; i++)
        {
            if (bytes[i] != ByteAt(address + (ulong)i)) Assert.Fail($"byte {i} of {length} at {address:x} is wrong");
        }
    }

    private static byte ByteAt(ulong address) => (byte)(address ^ (address >> 8) ^ (address >> 16));

    private int Read(ulong address, Span<byte> buffer)
    {
        _reads++;
        _longest = Math.Max(_longest, buffer.Length);
        for (int i = 0; i < buffer.Length; i++) buffer[i] = ByteAt(address + (ulong)i);
        return buffer.Length;
    }
}
