using System.Runtime.InteropServices;
using LifetimeMonitor.Snapshots;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.Tests.Snapshots;

public sealed class SharedPagesTests
{
    private const ulong Page = 4096, Megabyte = 1024 * 1024;
    private const int NoMemory = -12;

    public SharedPagesTests() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "clones are made on Linux x64 only");

    [Fact]
    public void A_range_is_taken_back_by_whole_pages()
    {
        var linux = new WatchedLinux();
        SharedPages.TakeBack(linux, [new AddressRange(5 * Page + 8, 7 * Page + 1), new AddressRange(20 * Page, 20 * Page)]);
        Assert.Equal([new AddressRange(5 * Page, 8 * Page)], linux.Taken);
    }

    [Fact]
    public void A_large_range_is_taken_back_in_pieces_between_which_others_can_map_memory()
    {
        var linux = new WatchedLinux();
        SharedPages.TakeBack(linux, [new AddressRange(Page, Page + 9 * Megabyte)]);
        Assert.Equal(
            [new AddressRange(Page, Page + 4 * Megabyte), new AddressRange(Page + 4 * Megabyte, Page + 8 * Megabyte), new AddressRange(Page + 8 * Megabyte, Page + 9 * Megabyte)],
            linux.Taken);
    }

    [Fact]
    public void What_cannot_be_taken_back_is_passed_over()
    {
        var linux = new WatchedLinux { Answer = NoMemory };
        SharedPages.TakeBack(linux, [new AddressRange(0, Page), new AddressRange(4 * Page, 5 * Page)]);
        Assert.Equal(2, linux.Taken.Count);
    }

    [Fact]
    public void Where_it_takes_long_the_rest_is_left_to_the_faults()
    {
        var linux = new WatchedLinux { Takes = TimeSpan.FromMilliseconds(300) };
        SharedPages.TakeBack(linux, [new AddressRange(0, 100 * Megabyte)]);
        Assert.Single(linux.Taken);
    }

    [Fact]
    public void While_a_clone_that_cannot_be_ended_lives_nothing_is_taken_back()
    {
        var linux = new WatchedLinux { IsToBeLeft = true };
        using (CloneSnapshot snapshot = Take(linux)) snapshot.WrittenSoon = [new AddressRange(0, Page)];
        linux.IsToBeLeft = false;
        CloneEnd.OfThoseLeft(linux);
        Assert.Empty(linux.Taken);
    }

    [Fact]
    public unsafe void The_program_writes_to_its_heap_again_without_a_fault_for_each_page()
    {
        Assert.SkipUnless(Environment.OSVersion.Version >= new Version(5, 14), "older systems leave it to the faults");
        const int Pages = 2000;
        byte* memory = (byte*)NativeMemory.AlignedAlloc(Pages * (nuint)Page, (nuint)Page);
        _ = PageFaults.InWriting(memory, Pages);
        long least = long.MaxValue;
        // Tests beside this one make clones, too.
        for (int i = 0; i < 20 && least > 0; i++)
        {
            using (CloneSnapshot snapshot = Take(new LinuxCalls())) snapshot.WrittenSoon = [new AddressRange((ulong)memory, (ulong)memory + (Pages * Page))];
            least = Math.Min(least, PageFaults.InWriting(memory, Pages));
        }

        NativeMemory.AlignedFree(memory);
        Assert.InRange(least, 0, Pages / 100);
    }

    private static CloneSnapshot Take(ILinux linux) => (CloneSnapshot)new SnapshotLadder(linux).Take(SnapshotKind.Clone);

    /// <summary>The real system calls; notes what is taken back, and does not do it.</summary>
    private sealed class WatchedLinux : RealLinux
    {
        private const int NotPermitted = -1;

        public List<AddressRange> Taken { get; } = [];

        public int Answer { get; init; }

        public TimeSpan Takes { get; init; }

        /// <summary>Whether the system does not let us kill a clone.</summary>
        public bool IsToBeLeft { get; set; }

        public override int Kill(int processId) => IsToBeLeft ? NotPermitted : base.Kill(processId);

        public override int MakeWritable(ulong start, ulong length)
        {
            Thread.Sleep(Takes);
            Taken.Add(new AddressRange(start, start + length));
            return Answer;
        }
    }
}
