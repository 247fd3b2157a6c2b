using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Tests.Naming.Compiler;

public sealed class FieldNamesTests
{
    [Theory]
    [InlineData("_items", "_items")]
    [InlineData("<Owner>k__BackingField", "Owner")]
    [InlineData("<owner>P", "owner")]
    [InlineData("<Name>i__Field", "Name")]
    [InlineData("<>4__this", "<>4__this")]
    public void A_field_is_named_as_the_programmer_wrote_it(string field, string expected) => Assert.Equal(expected, FieldNames.Of(field));

    [Fact]
    public void Each_part_of_a_path_through_structs_is_named() =>
        Assert.Equal("_inner.Owner", FieldNames.OfPath("_inner.<Owner>k__BackingField"));
}
