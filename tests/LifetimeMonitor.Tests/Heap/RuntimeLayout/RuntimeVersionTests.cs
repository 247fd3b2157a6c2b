using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Tests.Heap.RuntimeLayout;

public sealed class RuntimeVersionTests
{
    [Theory]
    [InlineData(8, false, true)]
    [InlineData(9, true, true)]
    [InlineData(10, true, true)]
    [InlineData(11, true, false)]
    public void Each_known_version_has_its_own_layout(int number, bool keepsStatics, bool hidesHandles)
    {
        var version = new RuntimeVersion(number);
        Assert.True(version.IsKnown);
        Assert.Null(version.Doubt);
        Assert.Equal(keepsStatics, version.KeepsStaticsBesideType);
        Assert.Equal(keepsStatics, version.KeepsThreadStaticsInThread);
        Assert.Equal(hidesHandles, version.HidesHandlesOfAdaptingHeaps);
    }

    [Fact]
    public void The_runtime_of_the_tests_is_known() => Assert.True(RuntimeVersion.Current.IsKnown);

    [Fact]
    public void A_newer_version_is_laid_out_like_the_newest_known_one_with_a_doubt()
    {
        RuntimeVersion newer = new(12), newest = new(11);
        Assert.False(newer.IsKnown);
        Assert.NotNull(newer.Doubt);
        Assert.Equal(newest.KeepsStaticsBesideType, newer.KeepsStaticsBesideType);
        Assert.Equal(newest.HidesHandlesOfAdaptingHeaps, newer.HidesHandlesOfAdaptingHeaps);
    }
}
