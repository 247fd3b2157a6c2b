using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Tests.Snapshots;

public sealed class HeapRoomTests
{
    [Fact]
    public void The_heap_of_this_process_has_room() => Assert.Null(HeapRoom.Shortage());

    [Fact]
    public void A_nearly_full_heap_names_the_room_that_is_left_and_the_setting_to_raise() => Assert.Equal(
        "the heap is nearly full: 5 MB of 200 MB are left, and a diagnosis needs 24 MB; raise the limit of the " +
        "heap (DOTNET_GCHeapHardLimit, System.GC.HeapHardLimitPercent, or the memory of the container)",
        HeapRoom.Explain(limit: 200L << 20, used: 195L << 20));
}
