using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using LifetimeMonitor.Snapshots;
using LifetimeMonitor.Snapshots.Clone;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitor.Tests.Snapshots;

/// <summary>A clone is made and disposed on one thread here, as the tests' own code does not await.</summary>
public sealed class CloneSnapshotTests
{
    public CloneSnapshotTests() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "clones are made on Linux x64 only");

    [Fact]
    public unsafe void The_copy_keeps_what_was_there_when_it_was_made()
    {
        long* cell = (long*)NativeMemory.Alloc(sizeof(long));
        *cell = 1;
        using CloneSnapshot snapshot = Take();
        *cell = 2;
        Span<byte> copied = stackalloc byte[sizeof(long)];
        Assert.Equal(sizeof(long), snapshot.Read((ulong)cell, copied));
        Assert.Equal(1, BitConverter.ToInt64(copied));
        NativeMemory.Free(cell);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public unsafe void Type_data_that_the_runtime_maps_twice_is_copied_too(bool isFileOpen, bool compare)
    {
        // A clone shares such memory: it would change under the search, which then may never end.
        using var mapping = new SharedMapping("doublemapper", isFileOpen);
        *mapping.Cell = 1;
        using CloneSnapshot snapshot = Take(compare);
        *mapping.Cell = 2;
        Span<byte> copied = stackalloc byte[sizeof(long)];
        Assert.Equal(sizeof(long), snapshot.Read((ulong)mapping.Cell, copied));
        Assert.Equal(1, BitConverter.ToInt64(copied));
    }

    [Fact]
    public unsafe void Memory_that_the_program_shares_is_not_copied_because_it_may_be_of_any_size()
    {
        using var mapping = new SharedMapping("database");
        *mapping.Cell = 1;
        using CloneSnapshot snapshot = Take();
        *mapping.Cell = 2;
        Span<byte> seen = stackalloc byte[sizeof(long)];
        Assert.Equal(sizeof(long), snapshot.Read((ulong)mapping.Cell, seen));
        Assert.Equal(2, BitConverter.ToInt64(seen));
    }

    [Fact]
    public void What_is_not_there_reads_as_nothing()
    {
        using CloneSnapshot snapshot = Take();
        Assert.Equal(0, snapshot.Read(8, new byte[8]));
        Assert.False(snapshot.IsLost);
    }

    [Fact]
    public void A_clone_that_died_is_lost_and_reads_as_nothing()
    {
        using CloneSnapshot snapshot = Take();
        var linux = new LinuxCalls();
        _ = linux.Kill(snapshot.ProcessId);
        SpinWait.SpinUntil(() => !linux.IsAlive(snapshot.ProcessId));
        Assert.Equal(0, snapshot.Read((ulong)CloneCode.EntryPoint, new byte[8]));
        Assert.True(snapshot.IsLost);
    }

    [Fact]
    public void A_disposed_clone_is_lost_and_reads_as_nothing()
    {
        CloneSnapshot snapshot = Take();
        snapshot.Dispose();
        Assert.Equal(0, snapshot.Read((ulong)CloneCode.EntryPoint, new byte[8]));
        Assert.True(snapshot.IsLost);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_clone_is_read_through_a_file_of_its_memory_or_by_a_call(bool isFileAllowed)
    {
        byte[] held = GC.AllocateArray<byte>(100, pinned: true), seen = new byte[100];
        new Random(1).NextBytes(held);
        using CloneSnapshot snapshot = Take(isFileAllowed ? new WithMemoryFile() : new WithoutMemoryFile());
        Assert.Equal(100, snapshot.Read((ulong)Marshal.UnsafeAddrOfPinnedArrayElement(held, 0), seen));
        Assert.Equal(held, seen);
        Assert.Equal(0, snapshot.Read(8, seen));
        Assert.False(snapshot.IsLost);
    }

    // The call copies each page first that the clone shares with us, since Linux 5.19: the heap once more.
    [Fact]
    public void Reading_a_clone_takes_it_no_memory()
    {
        const int Length = 32 << 20, Piece = 64 * 1024;
        byte[] held = GC.AllocateArray<byte>(Length, pinned: true), seen = new byte[Piece];
        for (int i = 0; i < Length; i += 4096) held[i] = 1;
        using CloneSnapshot snapshot = Take();
        ulong start = (ulong)Marshal.UnsafeAddrOfPinnedArrayElement(held, 0);
        for (ulong at = 0; at < Length; at += Piece) Assert.Equal(Piece, snapshot.Read(start + at, seen));
        Assert.InRange(CopiedIn(snapshot.ProcessId, start), 0, Length / 4);
        GC.KeepAlive(held);
    }

    [Fact]
    public void A_disposed_clone_is_gone()
    {
        int processId;
        using (CloneSnapshot snapshot = Take()) processId = snapshot.ProcessId;
        Assert.False(Directory.Exists($"/proc/{processId}"));
    }

    [Fact]
    public void A_clone_waits_in_our_bytes_and_nowhere_else()
    {
        using CloneSnapshot snapshot = Take();
        ulong code = (ulong)CloneCode.EntryPoint;
        ulong instruction = 0;
        // It says that the copy is whole a moment before it waits.
        bool waits = SpinWait.SpinUntil(
            () => File.ReadAllText($"/proc/{snapshot.ProcessId}/syscall").Split(' ') is [.., var last]
                && last.StartsWith("0x", StringComparison.Ordinal) && ulong.TryParse(last.AsSpan(2).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out instruction),
            TimeSpan.FromSeconds(10));
        Assert.True(waits);
        Assert.InRange(instruction, code, code + (ulong)CloneCode.Bytes().Length);
    }

    [Fact]
    public async Task What_the_program_closes_is_closed_though_there_is_a_clone()
    {
        // The end of a pipe is read when nobody has its other side any more.
        using var reader = new AnonymousPipeServerStream(PipeDirection.In);
        using var writer = new AnonymousPipeClientStream(PipeDirection.Out, reader.ClientSafePipeHandle);
        Task<int> end = Task.FromResult(-1);
        var thread = new Thread(() =>
        {
            using CloneSnapshot snapshot = Take();
            writer.Dispose();
            reader.DisposeLocalCopyOfClientHandle();
            end = reader.ReadAsync(new byte[1]).AsTask();
            _ = end.Wait(TimeSpan.FromSeconds(20));
        });
        thread.Start();
        thread.Join();
        Assert.True(end.IsCompleted);
        Assert.Equal(0, await end);
    }

    [Fact]
    public void A_running_thread_is_parked_and_runs_on_afterwards()
    {
        long count = 0;
        using var stop = new CancellationTokenSource();
        var thread = new Thread(() =>
        {
            while (!stop.IsCancellationRequested) Interlocked.Increment(ref count);
        });
        thread.Start();
        SpinWait.SpinUntil(() => Interlocked.Read(ref count) > 0);

        bool parked = false;
        for (int i = 0; i < 50 && !parked; i++)
        {
            // On a busy machine the thread may wait for a processor, which the kernel calls running, too.
            using CloneSnapshot snapshot = Take();
            parked = snapshot.Threads.Any(t => t.Activity == ThreadActivity.Parked && t.Registers.Length == 17 && snapshot.StackMap.BaseOf(t.StackPointer) > t.StackPointer);
        }

        long before = Interlocked.Read(ref count);
        SpinWait.SpinUntil(() => Interlocked.Read(ref count) > before, TimeSpan.FromSeconds(10));
        stop.Cancel();
        thread.Join();
        Assert.True(parked);
        Assert.True(Interlocked.Read(ref count) > before);
    }

    [Fact]
    public void A_blocked_thread_is_not_disturbed_and_its_stack_pointer_is_known()
    {
        using var release = new ManualResetEventSlim(initialState: false, spinCount: 0);
        var thread = new Thread(release.Wait);
        thread.Start();
        SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        bool blocked = false;
        for (int i = 0; i < 50 && !blocked; i++)
        {
            // It says that it waits a moment before it does.
            Thread.Sleep(5);
            using CloneSnapshot snapshot = Take();
            blocked = snapshot.Threads.Any(t => t.Activity == ThreadActivity.Blocked && snapshot.StackMap.BaseOf(t.StackPointer) != 0);
        }

        release.Set();
        thread.Join();
        Assert.True(blocked);
    }

    [Theory]
    [InlineData(".NET Tiered Compilation Worker", true)]
    [InlineData("somebody else", false)]
    public void The_thread_that_compiles_again_is_parked_though_it_waits_because_it_wakes_by_itself(string name, bool isParked)
    {
        using var stop = new ManualResetEventSlim(initialState: false, spinCount: 0);
        int id = 0;
        long woken = 0;
        var thread = new Thread(() =>
        {
            id = new LinuxCalls().ThreadId();
            while (!stop.Wait(100)) _ = Interlocked.Increment(ref woken);
        })
        { Name = name };
        thread.Start();
        SpinWait.SpinUntil(() => Interlocked.Read(ref woken) > 0);
        var seen = new List<ThreadActivity>();
        for (int i = 0; i < 20; i++)
        {
            using CloneSnapshot snapshot = Take(compare: true);
            seen.AddRange(snapshot.Threads.Where(t => t.ThreadId == id).Select(t => t.Activity));
        }

        long before = Interlocked.Read(ref woken);
        SpinWait.SpinUntil(() => Interlocked.Read(ref woken) > before, TimeSpan.FromSeconds(10));
        stop.Set();
        thread.Join();
        Assert.True(Interlocked.Read(ref woken) > before);
        Assert.Contains(isParked ? ThreadActivity.Parked : ThreadActivity.Blocked, seen);
        if (isParked) Assert.DoesNotContain(ThreadActivity.Blocked, seen);
    }

    // Of the mapping that an address is in: what the process has alone and did not write to, in bytes.
    private static long CopiedIn(int processId, ulong address)
    {
        string[] lines = File.ReadAllLines($"/proc/{processId}/smaps");
        int mapping = Array.FindIndex(lines, l => Regex.Match(l, "^([0-9a-f]+)-([0-9a-f]+) ") is { Success: true } m
            && address >= Convert.ToUInt64(m.Groups[1].Value, 16) && address < Convert.ToUInt64(m.Groups[2].Value, 16));
        string copied = lines.Skip(mapping).First(l => l.StartsWith("Private_Clean:", StringComparison.Ordinal));
        return long.Parse(copied.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    // Somebody always wakes, in a program that runs tests.
    private static CloneSnapshot Take(bool compare)
    {
        var linux = new LinuxCalls();
        var requests = new CloneRequests(linux, CloneRequests.DefaultParkingLimit);
        for (int i = 0; ; i++)
        {
            try
            {
                return CloneSnapshot.Create(linux, requests, compare);
            }
            catch (SnapshotRefusedException) when (i < 100)
            {
            }
        }
    }

    private static CloneSnapshot Take() => Take(new WithMemoryFile());

    private static CloneSnapshot Take(ILinux linux) => (CloneSnapshot)new SnapshotLadder(linux).Take(SnapshotKind.Clone);

    private sealed class WithMemoryFile : RealLinux;

    private sealed class WithoutMemoryFile : RealLinux
    {
        public override SafeFileHandle OpenMemory(int processId) => new(-1, ownsHandle: false);
    }
}
