using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Statics;
using LifetimeMonitoring.Tests.Processes;

namespace LifetimeMonitoring.Tests.Heap.Statics;

public sealed class StaticStoragesTests
{
    private const ulong Base = 0x7000, HeapStart = 0x10000, MethodTable = HeapStart + 0x800;
    private const int BackPointer = (int)(MethodTable - HeapStart + 0x20) / sizeof(ulong);

    [Theory]
    [InlineData(3)]
    [InlineData(4)] // of a generic type
    [InlineData(5)] // with thread statics
    public void A_record_is_found_at_the_very_start_of_its_heap(int length)
    {
        ulong auxiliaryData = HeapStart + ((ulong)length * sizeof(ulong));
        ulong[] heap = Heap(length, auxiliaryData);
        StaticStorage storage = Assert.Single(StaticStorages.In(new LoaderHeaps([new LoaderHeap(HeapStart, Bytes(heap))])));
        Assert.Equal(new StaticStorage(MethodTable, Base, length == 5 ? 7 : -1, auxiliaryData), storage);
        Assert.True(StaticStorages.Confirms(Memory(heap).Read, storage, isThreadStatic: length == 5));
    }

    [Fact]
    public void Foreign_data_before_a_record_without_thread_statics_is_ignored()
    {
        ulong auxiliaryData = HeapStart + (5 * sizeof(ulong));
        ulong[] heap = Heap(5, auxiliaryData);
        StaticStorage storage = Assert.Single(StaticStorages.In(new LoaderHeaps([new LoaderHeap(HeapStart, Bytes(heap))])));
        heap[0] = 0;
        Assert.True(StaticStorages.Confirms(Memory(heap).Read, storage, isThreadStatic: false));
        Assert.False(StaticStorages.Confirms(Memory(heap).Read, storage, isThreadStatic: true));
    }

    [Fact]
    public void A_record_is_not_confirmed_when_memory_says_something_else_by_now()
    {
        ulong auxiliaryData = HeapStart + (3 * sizeof(ulong));
        ulong[] heap = Heap(3, auxiliaryData);
        StaticStorage storage = Assert.Single(StaticStorages.In(new LoaderHeaps([new LoaderHeap(HeapStart, Bytes(heap))])));
        foreach (int changed in new[] { 0, 2, BackPointer })
        {
            ulong[] other = [.. heap];
            other[changed] += sizeof(ulong);
            Assert.False(StaticStorages.Confirms(Memory(other).Read, storage, isThreadStatic: false), $"word {changed}");
        }
    }

    [Fact]
    public void The_word_between_two_heaps_that_touch_is_read_in_the_second()
    {
        var heaps = new LoaderHeaps([new LoaderHeap(0x2000, Bytes([3, 4])), new LoaderHeap(0x1ff0, Bytes([1, 2]))]);
        Assert.Equal([1UL, 2, 3, 4, 0], new ulong[] { 0x1ff0, 0x1ff8, 0x2000, 0x2008, 0x2010 }.Select(heaps.WordAt));
    }

    // Some lie at the start of a block of the runtime's memory for type data: one in two thousand.
    [Fact]
    public void The_statics_of_each_of_thousands_of_types_are_found()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        (int exitCode, string output) = TestHost.Run("statics");
        Assert.True(exitCode == 0, output);
    }

    // As many parts as the type has: thread static indices, generic fields, references, other statics, method table.
    private static ulong[] Heap(int length, ulong auxiliaryData)
    {
        ulong[] record = [9UL << 32, 0x1111_0000, Base | 1, 0x1112_0000, MethodTable];
        ulong[] words = new ulong[BackPointer + 1];
        record[^length..].CopyTo(words, 0);
        words[BackPointer] = auxiliaryData;
        return words;
    }

    private static byte[] Bytes(ulong[] words) => MemoryMarshal.AsBytes<ulong>(words).ToArray();

    private static FakeMemory Memory(ulong[] words)
    {
        var memory = new FakeMemory();
        for (int i = 0; i < words.Length; i++) memory.Word(HeapStart + ((ulong)i * sizeof(ulong)), words[i]);
        return memory;
    }
}
