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
}
