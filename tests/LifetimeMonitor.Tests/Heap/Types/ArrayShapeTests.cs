using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Tests.Heap.Types;

public sealed class ArrayShapeTests
{
    [Fact]
    public void An_array_of_one_dimension_is_indexed_by_the_number() => Assert.Equal("[5]", ArrayShape.OneDimension.Index(5));

    [Theory]
    [InlineData(0, "[0, 0]")]
    [InlineData(5, "[1, 1]")]
    [InlineData(11, "[2, 3]")]
    public void The_last_dimension_runs_fastest(int number, string expected) =>
        Assert.Equal(expected, new ArrayShape([3, 4], [0, 0]).Index(number));

    [Fact]
    public void Lower_bounds_are_counted() => Assert.Equal("[1901, 2]", new ArrayShape([2, 3], [1900, 1]).Index(4));
}
