using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.Tests.Snapshots;

public sealed class ParkingSignalTests
{
    [Fact]
    public void A_signal_that_somebody_handles_ignores_or_blocks_is_not_taken()
    {
        string[] status =
        [
            "Name:\tdotnet",
            $"SigBlk:\t{1UL << 61:x16}",
            $"SigIgn:\t{1UL << 60:x16}",
            $"SigCgt:\t{1UL << 59:x16}",
        ];
        Assert.Equal(59, ParkingSignal.Candidates(status).First());
    }

    [Fact]
    public void The_signals_of_the_runtime_and_of_the_C_library_are_never_taken() =>
        Assert.All(ParkingSignal.Candidates([]), s => Assert.InRange(s, 40, 62));
}
