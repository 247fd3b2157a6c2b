using System.Globalization;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Tests.Model.Reports;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "0 threads")]
    [InlineData(1, "1 thread")]
    [InlineData(2, "2 threads")]
    [InlineData(1_234_567, "1,234,567 threads")]
    public void A_quantity_of_one_is_singular(int count, string expected) => Assert.Equal(expected, Quantity.Of(count, "thread", "threads"));

    [Fact]
    public void Numbers_read_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        // As in German; some machines do not have that culture.
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (other.NumberFormat.NumberGroupSeparator, other.NumberFormat.NumberDecimalSeparator) = (".", ",");
        CultureInfo.CurrentCulture = other;
        try
        {
            Assert.Equal("1,234 objects", Quantity.Of(1234, "object", "objects"));
            Assert.Equal("2.5 s", Quantity.Seconds(TimeSpan.FromSeconds(2.5)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
