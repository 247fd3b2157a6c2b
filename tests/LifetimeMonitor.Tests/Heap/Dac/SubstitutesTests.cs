using LifetimeMonitoring.Heap.Dac;

namespace LifetimeMonitoring.Tests.Heap.Dac;

public sealed class SubstitutesTests
{
    [Theory]
    [InlineData(100, "........")] // before
    [InlineData(102, "......AB")]
    [InlineData(104, "....ABCD")]
    [InlineData(108, "ABCD....")]
    [InlineData(110, "CD......")]
    [InlineData(112, "........")] // after
    public void Substitutes_are_shown_wherever_a_read_begins(int readAt, string shown)
    {
        var substitutes = new Substitutes();
        substitutes.Add(108, "ABCD"u8.ToArray(), new object());
        byte[] read = "........"u8.ToArray();
        substitutes.Show((ulong)readAt, read);
        Assert.Equal(shown, System.Text.Encoding.ASCII.GetString(read));
    }

    [Fact]
    public void A_read_inside_shows_its_part()
    {
        var substitutes = new Substitutes();
        substitutes.Add(108, "ABCD"u8.ToArray(), new object());
        byte[] read = ".."u8.ToArray();
        substitutes.Show(109, read);
        Assert.Equal("BC"u8.ToArray(), read);
    }

    [Theory]
    [InlineData(0x1000, 8, true)]
    [InlineData(0x1004, 4, true)]
    [InlineData(0x1004, 8, false)]
    [InlineData(0xffc, 8, false)]
    public void A_substitute_stands_for_missing_memory_if_it_has_all_of_it(ulong address, int length, bool hasAll)
    {
        var substitutes = new Substitutes();
        substitutes.Add(0x1000, new byte[8], kept: "");
        Assert.Equal(hasAll, substitutes.HasAll(address, length));
    }
}
