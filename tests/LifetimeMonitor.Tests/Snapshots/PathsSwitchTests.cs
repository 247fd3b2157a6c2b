using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Tests.Snapshots;

public sealed class PathsSwitchTests
{
    [Theory]
    [InlineData(null, "Full")]
    [InlineData("", "Full")]
    [InlineData("full", "Full")]
    [InlineData(" Safe ", "Safe")]
    [InlineData("OFF", "Off")]
    public void The_switch_is_read_without_regard_to_case_and_blanks(string? value, string expected)
    {
        (PathsMode mode, string? complaint) = PathsSwitch.Parse(value);
        Assert.Equal((expected, null), (mode.ToString(), complaint));
    }

    [Fact]
    public void A_word_it_does_not_know_is_complained_of_and_the_safe_way_is_taken()
    {
        (PathsMode mode, string? complaint) = PathsSwitch.Parse("on");
        Assert.Equal(PathsMode.Safe, mode);
        Assert.Equal("LIFETIMEMONITOR_PATHS is 'on', which is none of off, safe and full; safe was assumed", complaint);
    }
}
