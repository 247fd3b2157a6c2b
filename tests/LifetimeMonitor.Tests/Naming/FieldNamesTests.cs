using LifetimeMonitor.Naming;

namespace LifetimeMonitor.Tests.Naming;

public sealed class FieldNamesTests
{
    [Theory]
    [InlineData("_items", "_items")]
    [InlineData("<Owner>k__BackingField", "Owner")]
    [InlineData("<>4__this", "<>4__this")]
    public void A_field_is_named_as_the_programmer_wrote_it(string field, string expected) => Assert.Equal(expected, FieldNames.Of(field));
}
