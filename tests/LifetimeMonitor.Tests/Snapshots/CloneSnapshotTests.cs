using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using LifetimeMonitoring.Snapshots.Clone;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>Each clone is made and disposed on one thread, because these tests do not await.</summary>
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
        using CloneSnapshot snapshot = Clones.Take();
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
        // A clone shares such memory. The contents would change during the search, which then may never end.
        using var mapping = new SharedMapping("doublemapper", isFileOpen);
        *mapping.Cell = 1;
        using CloneSnapshot snapshot = Clones.Take(compare);
        *mapping.Cell = 2;
        Span<byte> copied = stackalloc byte[sizeof(long)];
        Assert.Equal(sizeof(long), snapshot.Read((ulong)mapping.Cell, copied));
        Assert.Equal(1, BitConverter.ToInt64(copied));
    }

    [Fact]
    public unsafe void Where_there_is_one_processor_one_thread_copies_type_data()
    {
        using var mapping = new SharedMapping("doublemapper");
        *mapping.Cell = 1;
        using CloneSnapshot snapshot = Clones.Take(new WithOneProcessor());
        Assert.Equal(ulong.MaxValue, snapshot.Channel.Result.LeastShared);
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
        using CloneSnapshot snapshot = Clones.Take();
        *mapping.Cell = 2;
        Span<byte> seen = stackalloc byte[sizeof(long)];
        Assert.Equal(sizeof(long), snapshot.Read((ulong)mapping.Cell, seen));
        Assert.Equal(2, BitConverter.ToInt64(seen));
    }

    [Fact]
    public void Memory_that_does_not_exist_reads_as_nothing()
    {
        using CloneSnapshot snapshot = Clones.Take();
        Assert.Equal(0, snapshot.Read(8, new byte[8]));
        Assert.False(snapshot.IsLost);
    }

    [Fact]
    public void A_clone_that_died_is_lost_and_reads_as_nothing()
    {
        using CloneSnapshot snapshot = Clones.Take();
        var linux = new LinuxCalls();
        _ = linux.Kill(snapshot.ProcessId);
        SpinWait.SpinUntil(() => !linux.IsAlive(snapshot.ProcessId));
        Assert.Equal(0, snapshot.Read((ulong)CloneCode.EntryPoint, new byte[8]));
        Assert.True(snapshot.IsLost);
    }

    [Fact]
    public void A_disposed_clone_is_lost_and_reads_as_nothing()
    {
        CloneSnapshot snapshot = Clones.Take();
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
        using CloneSnapshot snapshot = Clones.Take(isFileAllowed ? new WithMemoryFile() : new WithoutMemoryFile());
        Assert.Equal(100, snapshot.Read((ulong)Marshal.UnsafeAddrOfPinnedArrayElement(held, 0), seen));
        Assert.Equal(held, seen);
        Assert.Equal(0, snapshot.Read(8, seen));
        Assert.False(snapshot.IsLost);
    }

    // Since Linux 5.19, the call first copies each page that the clone shares with us: the heap once more.
    [Fact]
    public void Reading_a_clone_takes_it_no_memory()
    {
        const int Length = 32 << 20, Piece = 64 * 1024;
        byte[] held = GC.AllocateArray<byte>(Length, pinned: true), seen = new byte[Piece];
        for (int i = 0; i < Length; i += 4096) held[i] = 1;
        using CloneSnapshot snapshot = Clones.Take();
        ulong start = (ulong)Marshal.UnsafeAddrOfPinnedArrayElement(held, 0);
        for (ulong at = 0; at < Length; at += Piece) Assert.Equal(Piece, snapshot.Read(start + at, seen));
        Assert.InRange(CopiedIn(snapshot.ProcessId, start), 0, Length / 4);
        GC.KeepAlive(held);
    }

    [Fact]
    public void A_disposed_clone_is_gone()
    {
        int processId;
        using (CloneSnapshot snapshot = Clones.Take()) processId = snapshot.ProcessId;
        Assert.False(Directory.Exists($"/proc/{processId}"));
    }

    [Fact]
    public void A_clone_waits_in_our_bytes_and_nowhere_else()
    {
        using CloneSnapshot snapshot = Clones.Take();
        ulong code = (ulong)CloneCode.EntryPoint;
        ulong instruction = 0;
        // The clone reports a complete copy a moment before it waits.
        bool waits = SpinWait.SpinUntil(
            () => File.ReadAllText($"/proc/{snapshot.ProcessId}/syscall").Split(' ') is [.., var last]
                && last.StartsWith("0x", StringComparison.Ordinal)
                && ulong.TryParse(
                    last.AsSpan(2).Trim(),
                    NumberStyles.HexNumber,
                    CultureInfo.InvariantCulture,
                    out instruction),
            TimeSpan.FromSeconds(10));
        Assert.True(waits);
        Assert.InRange(instruction, code, code + (ulong)NativeCode.Current!.Bytes("clone").Length);
    }

    [Fact]
    public async Task A_descriptor_that_the_program_closes_is_closed_in_spite_of_a_clone()
    {
        // A pipe ends when no process has its other side open.
        using var reader = new AnonymousPipeServerStream(PipeDirection.In);
        using var writer = new AnonymousPipeClientStream(PipeDirection.Out, reader.ClientSafePipeHandle);
        Task<int> end = Task.FromResult(-1);
        var thread = new Thread(() =>
        {
            using CloneSnapshot snapshot = Clones.Take();
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

    // The private clean bytes (copied, not written) of the mapping that contains an address.
    private static long CopiedIn(int processId, ulong address)
    {
        string[] lines = File.ReadAllLines($"/proc/{processId}/smaps");
        int mapping = Array.FindIndex(lines, l => Regex.Match(l, "^([0-9a-f]+)-([0-9a-f]+) ") is { Success: true } m
            && address >= Convert.ToUInt64(m.Groups[1].Value, 16) && address < Convert.ToUInt64(m.Groups[2].Value, 16));
        string copied = lines.Skip(mapping).First(l => l.StartsWith("Private_Clean:", StringComparison.Ordinal));
        return long.Parse(copied.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    private sealed class WithMemoryFile : RealLinux;

    private sealed class WithOneProcessor : RealLinux
    {
        public override int Processors() => 1;
    }

    private sealed class WithoutMemoryFile : RealLinux
    {
        public override SafeFileHandle OpenMemory(int processId) => new(-1, ownsHandle: false);
    }
}
