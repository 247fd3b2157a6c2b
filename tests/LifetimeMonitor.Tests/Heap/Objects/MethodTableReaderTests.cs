using LifetimeMonitoring.Heap.Objects;

namespace LifetimeMonitoring.Tests.Heap.Objects;

/// <summary>GC descriptors that the runtime never writes make a type invalid.</summary>
public sealed class MethodTableReaderTests
{
    private const ulong Type = 0x10000;
    private const uint HasReferences = 0x01000000, IsArray = 0x80000000;
    private readonly FakeMemory _fake = new();

    [Theory]
    [InlineData(8, true)]
    [InlineData(16, true)]
    [InlineData(12, false)]
    [InlineData(17, false)]
    public void The_references_of_an_object_are_aligned(long offset, bool isValid)
    {
        _fake.MethodTable(Type, HasReferences, baseSize: 32, 8 - 32, offset, 1);
        Assert.Equal(isValid, Get() is not null);
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(18, false)]
    public void The_references_of_a_struct_in_an_array_are_aligned(long offset, bool isValid)
    {
        const long OneReferenceAndOneNumber = 1 | (8L << 32);
        _fake.MethodTable(Type, HasReferences | IsArray | 16, baseSize: 24, OneReferenceAndOneNumber, offset, -1);
        Assert.Equal(isValid, Get() is not null);
    }

    private MethodTable? Get() => new MethodTableReader(_fake.Read, _ => 0).Get(Type);
}
