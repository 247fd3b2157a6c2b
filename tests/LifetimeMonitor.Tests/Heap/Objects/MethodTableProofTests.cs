using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Tests.Snapshots;

namespace LifetimeMonitoring.Tests.Heap.Objects;

public sealed class MethodTableProofTests
{
    // Addresses that this process does not use.
    private const ulong One = 0x10000, Other = 0x20000;
    private static readonly ulong s_object = (ulong)typeof(object).TypeHandle.Value;
    private readonly FakeMemory _fake = new();

    [Theory]
    [InlineData(typeof(object))]
    [InlineData(typeof(int))]
    [InlineData(typeof(DayOfWeek))]
    [InlineData(typeof(int?))]
    [InlineData(typeof(IDisposable))]
    [InlineData(typeof(IEnumerable<string>))]
    [InlineData(typeof(Action<int, string>))]
    [InlineData(typeof(string[,][]))]
    [InlineData(typeof(KeyValuePair<string, int>[]))]
    [InlineData(typeof(Dictionary<string, List<(int, object)>>.Enumerator))]
    [InlineData(typeof(Console))]
    public void A_method_table_is_proved(Type type)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads this process through the system calls of Linux");
        Assert.True(Proof().Proves((ulong)type.TypeHandle.Value));
    }

    [Fact]
    public void Two_objects_that_lead_to_each_other_are_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads this process through the system calls of Linux");
        LeadToEachOther();
        // Their fields in the place of a parent: null, each other, an invalid address.
        foreach (ulong parent in new ulong[] { 0, One, Other, 42 })
        {
            _fake.Word(One + 0x10, parent);
            Assert.False(Proof().Proves(One), $"with {parent:x} for a parent");
        }
    }

    [Fact]
    public void An_address_in_the_heap_is_no_method_table()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads this process through the system calls of Linux");
        LeadToEachOther();
        _fake.Word(One + 0x10, s_object);
        Assert.True(Proof().Proves(One)); // As for a method table.
        Assert.False(Proof(isInHeap: a => a == One).Proves(One));
    }

    [Fact]
    public void Where_the_layout_is_another_nothing_is_proved_and_everything_is_allowed()
    {
        var proof = new MethodTableProof(_fake.Read, _ => false);
        Assert.False(proof.IsAvailable);
        Assert.False(proof.Proves(s_object));
        Assert.True(proof.Allows(One));
    }

    private void LeadToEachOther() => _fake.Word(One + 0x28, Other).Word(Other + 0x10, One);

    private MethodTableProof Proof(Func<ulong, bool>? isInHeap = null) => new(Read, isInHeap ?? (_ => false));

    private int Read(ulong address, Span<byte> buffer) =>
        address is >= One and < Other + 0x1000 ? _fake.Read(address, buffer) : ThisProcess.Read(address, buffer);
}
