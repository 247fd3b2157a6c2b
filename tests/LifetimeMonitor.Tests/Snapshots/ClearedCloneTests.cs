using System.Runtime.InteropServices;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>A clone that releases its heap before it ends.</summary>
public sealed class ClearedCloneTests
{
    public ClearedCloneTests() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "clones are made on Linux x64 only");

    [Fact]
    public unsafe void A_clone_that_is_told_to_clear_itself_gives_back_whole_pages_of_its_heap_and_nothing_else()
    {
        const int Page = 4096, Pages = 64;
        byte* memory = (byte*)NativeMemory.AlignedAlloc(Pages * Page, Page);
        new Span<byte>(memory, Pages * Page).Fill(1);
        using CloneSnapshot snapshot = Clones.Take();
        snapshot.Channel.Give(SearchOrder.Heap, first: 2, stop: TestContext.Current.CancellationToken);
        snapshot.Channel.Give(
            SearchOrder.Segments,
            [(ulong)memory + 8, 4 * Page, (ulong)memory + (10 * Page), (ulong)(Pages - 10) * Page],
            stop: TestContext.Current.CancellationToken);
        snapshot.Channel.Clear();
        byte[] copied = new byte[Pages * Page];
        Assert.Equal(copied.Length, snapshot.Read((ulong)memory, copied));
        NativeMemory.AlignedFree(memory);
        // From the second page on: the first page begins before the segment.
        Assert.Equal(
            [0, 4, 5, 6, 7, 8, 9],
            Enumerable.Range(0, Pages).Where(page => copied.AsSpan(page * Page, Page).IndexOfAnyExcept((byte)1) < 0));
        Assert.Equal(Pages - 7, Enumerable.Range(0, Pages).Count(page => copied.AsSpan(page * Page, Page).IndexOfAnyExcept((byte)0) < 0));
    }

    [Fact]
    public void A_clone_that_died_is_not_told_to_clear_itself()
    {
        using CloneSnapshot snapshot = Clones.Take();
        var linux = new LinuxCalls();
        _ = linux.Kill(snapshot.ProcessId);
        SpinWait.SpinUntil(() => !linux.IsAlive(snapshot.ProcessId));
        snapshot.Channel.Clear();
        Assert.NotEqual(SearchOrder.Clear, snapshot.Channel.Result.Order);
    }
}
