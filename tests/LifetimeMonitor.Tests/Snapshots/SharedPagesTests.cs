using System.Runtime.InteropServices;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Snapshots;

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
        TakeBack(linux, [new AddressRange(5 * Page + 8, 7 * Page + 1), new AddressRange(20 * Page, 20 * Page)]);
        Assert.Equal([new AddressRange(5 * Page, 8 * Page)], linux.Taken);
    }

    [Fact]
    public void A_large_range_is_taken_back_in_pieces_between_which_others_can_map_memory()
    {
        var linux = new WatchedLinux();
        TakeBack(linux, [new AddressRange(Page, Page + 9 * Megabyte)]);
        Assert.Equal(
            [
                new AddressRange(Page, Page + 4 * Megabyte),
                new AddressRange(Page + 4 * Megabyte, Page + 8 * Megabyte),
                new AddressRange(Page + 8 * Megabyte, Page + 9 * Megabyte)
            ],
            linux.Taken);
    }

    [Fact]
    public void A_page_that_cannot_be_taken_back_is_passed_over()
    {
        var linux = new WatchedLinux { Answer = NoMemory };
        TakeBack(linux, [new AddressRange(0, Page), new AddressRange(4 * Page, 5 * Page)]);
        Assert.Equal(2, linux.Taken.Count);
    }

    [Fact]
    public void Where_it_takes_long_the_rest_is_left_to_the_faults()
    {
        var linux = new WatchedLinux { Takes = TimeSpan.FromMilliseconds(300) };
        TakeBack(linux, [new AddressRange(0, 100 * Megabyte)]);
        Assert.InRange(linux.Taken.Count, 1, 2); // The current range of each thread.
    }

    [Fact]
    public void Much_is_taken_back_by_two_threads_each_piece_once()
    {
        var linux = new WatchedLinux { Takes = TimeSpan.FromMilliseconds(2) };
        TakeBack(linux, [new AddressRange(0, 40 * Megabyte), new AddressRange(60 * Megabyte, 80 * Megabyte)]);
        Assert.Equal(2, linux.Threads.Count);
        Assert.Equal(
            [
                .. Enumerable.Range(0, 20)
                    .Select(i => (ulong)i * 4 * Megabyte)
                    .Where(start => start is < 40 * Megabyte or >= 60 * Megabyte)
            ],
            linux.Taken.Select(t => t.Start).Order());
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public void Where_there_is_one_processor_or_which_one_it_is_is_not_told_one_thread_does_it(int processors, bool tellsProcessor)
    {
        var linux = new WatchedLinux { Takes = TimeSpan.FromMilliseconds(1), Count = processors, TellsProcessor = tellsProcessor };
        TakeBack(linux, [new AddressRange(0, 40 * Megabyte)]);
        Assert.Equal(10, linux.Taken.Count);
        Assert.Single(linux.Threads);
    }

    [Fact]
    public void The_second_thread_goes_on_by_another_processor()
    {
        Assert.SkipWhen(Environment.ProcessorCount == 1, "there is one processor");
        var linux = new LinuxCalls();
        int before = linux.Processor(), after = before;
        var thread = new Thread(() =>
        {
            linux.Avoid(before);
            after = linux.Processor();
        });
        thread.Start();
        thread.Join();
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void While_a_clone_that_cannot_be_ended_lives_nothing_is_taken_back()
    {
        var linux = new WatchedLinux { IsToBeLeft = true };
        using (CloneSnapshot snapshot = Clones.Take(linux)) snapshot.ExpectWrites([new AddressRange(0, Page)]);
        linux.IsToBeLeft = false;
        CloneReaper.OfThoseLeft(linux);
        Assert.Empty(linux.Taken);
    }

    [Fact]
    public void While_a_clone_lives_a_second_thread_takes_nothing_back_and_ends()
    {
        var linux = new WatchedLinux { Takes = TimeSpan.FromMilliseconds(1) };
        var pages = new SharedPages(linux, [new AddressRange(0, 40 * Megabyte)]);
        pages.Prepare();
        pages.TakeBack(isCloneGone: false);
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
        // Concurrent tests make clones, too.
        for (int i = 0; i < 20 && least > 0; i++)
        {
            using (CloneSnapshot snapshot = Clones.Take())
                snapshot.ExpectWrites([new AddressRange((ulong)memory, (ulong)memory + (Pages * Page))]);
            least = Math.Min(least, PageFaults.InWriting(memory, Pages));
        }

        NativeMemory.AlignedFree(memory);
        Assert.InRange(least, 0, Pages / 100);
    }

    private static void TakeBack(ILinux linux, IEnumerable<AddressRange> ranges)
    {
        var pages = new SharedPages(linux, ranges);
        pages.Prepare();
        pages.TakeBack(isCloneGone: true);
    }

    /// <summary>The real system calls; records the ranges to take back, and does not take them back.</summary>
    private sealed class WatchedLinux : RealLinux
    {
        private const int NotPermitted = -1;

        public List<AddressRange> Taken { get; } = [];

        public HashSet<int> Threads { get; } = [];

        public int Answer { get; init; }

        public TimeSpan Takes { get; init; }

        /// <summary>Whether the system refuses to kill a clone.</summary>
        public bool IsToBeLeft { get; set; }

        public override int Kill(int processId) => IsToBeLeft ? NotPermitted : base.Kill(processId);

        public bool TellsProcessor { get; init; } = true;

        public int Count { get; init; } = 2;

        public override int Processors() => Count;

        public override int Processor() => TellsProcessor ? base.Processor() : -1;

        public override int MakeWritable(ulong start, ulong length)
        {
            Thread.Sleep(Takes);
            lock (Taken) Taken.Add(new AddressRange(start, start + length));
            lock (Threads) _ = Threads.Add(Environment.CurrentManagedThreadId);
            return Answer;
        }
    }
}
