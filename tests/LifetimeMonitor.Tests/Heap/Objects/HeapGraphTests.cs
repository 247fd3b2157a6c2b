using CsCheck;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;

namespace LifetimeMonitoring.Tests.Heap.Objects;

/// <summary>Objects written byte by byte, in the layouts of the runtime and in invalid layouts.</summary>
public sealed class HeapGraphTests
{
    private const uint HasReferences = 0x01000000, IsArray = 0x80000000;
    private const ulong Type = 0x100000, Start = 0x1000, End = 0x3000;

    [Fact]
    public void The_fields_of_an_object_are_followed_in_their_order()
    {
        // Two runs, as the runtime writes them: the later fields first. Each length is counted from the object's size.
        FakeMemory memory = Heap().MethodTable(Type, HasReferences, 48, 8 - 48, 32, 16 - 48, 8, 2);
        memory.Word(Start, Type).Word(Start + 8, 0x1100).Word(Start + 16, 0x1200).Word(Start + 24, 0xdead).Word(Start + 32, 0x1300);
        Assert.Equal([0x1100UL, 0x1200UL, 0x1300UL], Graph(memory).ReferencesOf(Start));
    }

    [Fact]
    public void The_elements_of_an_array_are_followed_in_blocks()
    {
        const int Length = 900;
        FakeMemory memory = Heap().MethodTable(Type, HasReferences | IsArray | 8, 24, -24, 16, 1);
        memory.Word(Start, Type).Word(Start + 8, Length);
        for (ulong i = 0; i < Length; i++) memory.Word(Start + 16 + (i * 8), 0x2000 + (i * 8));
        Assert.Equal(Length, Graph(memory).ReferencesOf(Start).Count);
        Assert.Equal(16 + (7 * 8), Graph(memory).OffsetOf(Start, 0x2000 + (7 * 8)));
    }

    [Fact]
    public void The_references_in_the_elements_of_an_array_of_structs_are_followed()
    {
        // Each element: a number, a reference, a number. One reference, then 16 bytes to skip.
        FakeMemory memory = Heap().MethodTable(Type, HasReferences | IsArray | 24, 24, 1 | (16L << 32), 24, -1);
        memory.Word(Start, Type).Word(Start + 8, 2);
        for (ulong i = 0; i < 6; i++) memory.Word(Start + 16 + (i * 8), 0x1100 + (i * 8));
        Assert.Equal([0x1108UL, 0x1120UL], Graph(memory).ReferencesOf(Start));
        Assert.Equal(48, Graph(memory).OffsetOf(Start, 0x1120));
    }

    [Fact]
    public void Memory_behind_a_multidimensional_array_of_structs_is_not_part_of_it()
    {
        // Four dimensions: 32 bytes of bounds before the elements, each of them a reference and a number.
        FakeMemory memory = Heap().MethodTable(Type, HasReferences | IsArray | 16, 56, 1 | (8L << 32), 48, -1);
        memory.Word(Start, Type).Word(Start + 8, 2).Word(Start + 48, 0x1100).Word(Start + 64, 0x1200);
        // The next object, with its first field.
        memory.Word(Start + 88, Type).Word(Start + 96, 0x1300);
        memory.Word(Start + 80, 0x1400);
        Assert.Equal([0x1100UL, 0x1200UL], Graph(memory).ReferencesOf(Start));
        Assert.Equal(64, Graph(memory).OffsetOf(Start, 0x1200));
        Assert.Equal(-1, Graph(memory).OffsetOf(Start, 0x1300));
    }

    [Theory]
    [InlineData(40)] // in the bounds
    [InlineData(64)] // in the next element
    [InlineData(1024)]
    public void A_reference_outside_of_its_element_is_not_believed(long offset)
    {
        FakeMemory memory = Heap().MethodTable(Type, HasReferences | IsArray | 16, 56, 1 | (8L << 32), offset, -1);
        for (ulong at = Start + 16; at < End; at += 8) memory.Word(at, 0x1100);
        memory.Word(Start, Type).Word(Start + 8, 2);
        HeapGraph graph = Graph(memory);
        Assert.Empty(graph.ReferencesOf(Start));
        Assert.Equal(1, graph.Unreadable);
    }

    [Fact]
    public void A_value_attached_to_an_object_is_followed_too()
    {
        FakeMemory memory = Heap().MethodTable(Type, 0, 24).Word(Start, Type);
        var attached = new Attachments();
        attached.Add(Start, 0x1800);
        Assert.Equal([0x1800UL], Graph(memory, attached).ReferencesOf(Start));
    }

    [Theory]
    [InlineData(0x7)] // no method table
    [InlineData(0x555555555555)] // nothing there
    public void An_object_without_a_type_is_counted_and_not_followed(ulong methodTable)
    {
        HeapGraph graph = Graph(Heap().Word(Start, methodTable));
        Assert.Empty(graph.ReferencesOf(Start));
        Assert.Equal(1, graph.Unreadable);
    }

    [Fact]
    public void An_array_longer_than_its_segment_is_not_believed()
    {
        FakeMemory memory = Heap()
            .MethodTable(Type, HasReferences | IsArray | 8, 24, -24, 16, 1)
            .Word(Start, Type)
            .Word(Start + 8, int.MaxValue);
        Assert.Empty(Graph(memory).ReferencesOf(Start));
    }

    [Fact]
    public void With_any_method_table_reading_ends_and_stays_inside_the_object() =>
        Gen.Select(Gen.UInt, Gen.UInt, Gen.Long.Array[0, 8], Gen.Int[-4, 4], Gen.UInt[0, 2000])
            .Sample((flags, baseSize, descriptor, runs, length) =>
            {
                FakeMemory memory = Heap()
                    .MethodTable(Type, flags, baseSize, [.. descriptor, runs])
                    .Word(Start, Type)
                    .Word(Start + 8, length);
                Assert.InRange(Graph(memory).ReferencesOf(Start).Count, 0, (int)(End - Start) / 8);
            });

    private static FakeMemory Heap()
    {
        var memory = new FakeMemory();
        for (ulong at = Start; at < End; at += 8) memory.Word(at, 0);
        return memory;
    }

    private static HeapGraph Graph(FakeMemory memory, Attachments? attached = null)
    {
        var segments = new SegmentMap([new Segment(Start, End, false)]);
        return new HeapGraph(
            segments,
            new HeapMemory(SharedScratch.Memory, segments, memory.Read),
            new MethodTableReader(memory.Read, _ => 0),
            attached ?? new Attachments());
    }
}
