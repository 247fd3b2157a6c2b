using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;
using LifetimeMonitoring.Tests.House;

namespace LifetimeMonitoring.Tests.Heap.Dac;

/// <summary>Each clone is made and disposed on one thread, because these tests do not await.</summary>
public sealed unsafe class CloneDataReaderTests : IDisposable
{
    private const int Length = 8 * 1024;
    private readonly byte* _bytes;
    private readonly CountingLinux _linux = new();

    public CloneDataReaderTests()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        _bytes = (byte*)NativeMemory.AlignedAlloc(Length, Length);
        for (int i = 0; i < Length; i++) _bytes[i] = (byte)(i ^ (i >> 8));
    }

    public void Dispose()
    {
        if (_bytes is not null) NativeMemory.AlignedFree(_bytes);
    }

    [Fact]
    public void Memory_that_is_asked_for_often_is_read_once()
    {
        using var clone = (CloneSnapshot)new SnapshotLadder(_linux).Take(SnapshotKind.Clone);
        using var reader = new CloneDataReader(clone, ScratchMemory.OfThisSystem());
        AssertRight(reader);
        long before = _linux.BytesRead;
        for (int at = 0; at < 1000; at += 8) Assert.True(reader.Read((ulong)(_bytes + at), out ulong _));
        Assert.Equal(before, _linux.BytesRead);
    }

    // The runtime's debugging component calls from native code, which exceptions must not cross.
    [Fact]
    public void Where_there_is_no_memory_for_pages_it_is_read_all_the_same()
    {
        using var clone = (CloneSnapshot)new SnapshotLadder(_linux).Take(SnapshotKind.Clone);
        using var reader = new CloneDataReader(clone, new ScratchMemory(new LinuxWithoutMemory()));
        AssertRight(reader);
    }

    private void AssertRight(CloneDataReader reader)
    {
        // Also across page boundaries, and longer than a page.
        Span<byte> seen = stackalloc byte[3000];
        foreach (int length in new[] { 1, 8, 80, 1024, 3000 })
        {
            for (int at = 0; at + length <= Length; at += 509)
            {
                Assert.Equal(length, reader.Read((ulong)(_bytes + at), seen[..length]));
                Assert.True(seen[..length].SequenceEqual(new ReadOnlySpan<byte>(_bytes + at, length)));
            }
        }

        Assert.Equal(0, reader.Read(8, seen));
    }
}
