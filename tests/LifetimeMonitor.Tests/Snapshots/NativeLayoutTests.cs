using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Graph;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;
using LifetimeMonitoring.Snapshots.Dump;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>
/// Managed and native code use the same layouts and numbers. The figures here are those that the headers of the native
/// code assert (<c>LAYOUT</c>), and the numbers are read from them.
/// </summary>
public sealed class NativeLayoutTests
{
    [Theory]
    [InlineData(nameof(CloneRequest.StopTimeoutMicroseconds), 0)]
    [InlineData(nameof(CloneRequest.Capacity), 4)]
    [InlineData(nameof(CloneRequest.Count), 8)]
    [InlineData(nameof(CloneRequest.Frozen), 12)]
    [InlineData(nameof(CloneRequest.FreezeTimeoutMicroseconds), 16)]
    [InlineData(nameof(CloneRequest.Compare), 20)]
    [InlineData(nameof(CloneRequest.StopError), 24)]
    [InlineData(nameof(CloneRequest.LeaveSignals), 28)]
    [InlineData(nameof(CloneRequest.LingerMicroseconds), 32)]
    [InlineData(nameof(CloneRequest.LeaveWaiting), 36)]
    [InlineData(nameof(CloneRequest.Channel), 40)]
    [InlineData(nameof(CloneRequest.RestlessCount), 48)]
    [InlineData(nameof(CloneRequest.Restless), 52)]
    [InlineData(nameof(CloneRequest.HoldLimitMicroseconds), 308)]
    [InlineData(nameof(CloneRequest.Tracer), 312)]
    public void A_field_of_a_request_is_where_C_has_it(string field, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf<CloneRequest>(field));

    [Theory]
    [InlineData(nameof(CloneThread.ThreadId), 0)]
    [InlineData(nameof(CloneThread.State), 4)]
    [InlineData(nameof(CloneThread.StackPointer), 8)]
    [InlineData(nameof(CloneThread.InstructionPointer), 16)]
    [InlineData(nameof(CloneThread.TimeRun), 24)]
    [InlineData(nameof(CloneThread.Signal), 32)]
    [InlineData(nameof(CloneThread.IsTraced), 36)]
    public void A_field_of_a_thread_is_where_C_has_it(string field, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf<CloneThread>(field));

    [Theory]
    [InlineData(nameof(SearchHeader.Turn), 0)]
    [InlineData(nameof(SearchHeader.Order), 4)]
    [InlineData(nameof(SearchHeader.Answer), 8)]
    [InlineData(nameof(SearchHeader.Stop), 12)]
    [InlineData(nameof(SearchHeader.Count), 16)]
    [InlineData(nameof(SearchHeader.First), 24)]
    [InlineData(nameof(SearchHeader.Second), 32)]
    [InlineData(nameof(SearchHeader.Visited), 40)]
    [InlineData(nameof(SearchHeader.Unreadable), 48)]
    [InlineData(nameof(SearchHeader.Found), 56)]
    [InlineData(nameof(SearchHeader.Stopped), 64)]
    [InlineData(nameof(SearchHeader.Objects), 72)]
    [InlineData(nameof(SearchHeader.Bytes), 80)]
    [InlineData(nameof(SearchHeader.Question), 88)]
    [InlineData(nameof(SearchHeader.Reply), 96)]
    [InlineData(nameof(SearchHeader.NextFound), 104)]
    [InlineData(nameof(SearchHeader.NextIndex), 112)]
    [InlineData(nameof(SearchHeader.MaxEntries), 120)]
    [InlineData(nameof(SearchHeader.Parent), 128)]
    [InlineData(nameof(SearchHeader.Memory), 136)]
    [InlineData(nameof(SearchHeader.View), 144)]
    [InlineData(nameof(SearchHeader.Windows), 152)]
    [InlineData(nameof(SearchHeader.LeastShared), 160)]
    [InlineData(nameof(SearchHeader.Shared), 168)]
    [InlineData(nameof(SearchHeader.Usage), 176)]
    [InlineData(nameof(SearchHeader.Statistics), 180)]
    [InlineData(nameof(SearchHeader.MemoryLimit), 184)]
    [InlineData(nameof(SearchHeader.RanOut), 192)]
    public void A_field_of_a_search_channel_is_where_C_has_it(string field, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf<SearchHeader>(field));

    [Theory]
    [InlineData(nameof(CrashGuardMemory.Crashed), 0)]
    [InlineData(nameof(CrashGuardMemory.Threads), 4)]
    [InlineData(nameof(CrashGuardMemory.ThreadCrashed), 20)]
    [InlineData(nameof(CrashGuardMemory.Start), 40)]
    [InlineData(nameof(CrashGuardMemory.End), 48)]
    [InlineData(nameof(CrashGuardMemory.Fault), 56)]
    [InlineData(nameof(CrashGuardMemory.IsInstalled), 64)]
    public void A_field_of_the_crash_guard_is_where_C_has_it(string field, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf<CrashGuardMemory>(field));

    [Theory]
    [InlineData(nameof(Watched.LeftMicroseconds), 0)]
    [InlineData(nameof(Watched.Process), 8)]
    [InlineData(nameof(Watched.ProcessDescriptor), 12)]
    [InlineData(nameof(Watched.Parent), 16)]
    [InlineData(nameof(Watched.Padding), 20)]
    [InlineData(nameof(Watched.DeadlineMicroseconds), 24)]
    [InlineData(nameof(Watched.Stack), 32)]
    public void A_field_that_a_watchdog_gets_is_where_C_has_it(string field, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf<Watched>(field));

    // The last field of C is the memory that follows the struct of C#, or the previous signal handler.
    [Fact]
    public void C_asserts_the_offset_of_each_field()
    {
        Assert.Equal(
            [.. OffsetsOf<CloneRequest>(), 16712],
            NativeHeader.Offsets("process/request.h", "struct request"));
        Assert.Equal([.. OffsetsOf<CloneThread>(), 40], NativeHeader.Offsets("process/request.h", "struct thread"));
        Assert.Equal([.. OffsetsOf<SearchHeader>(), 200], NativeHeader.Offsets("search/channel.h", "struct channel"));
        Assert.Equal(
            [.. OffsetsOf<CrashGuardMemory>(), 72],
            NativeHeader.Offsets("process/crash_guard.h", "struct guard"));
        Assert.Equal(OffsetsOf<Watched>(), NativeHeader.Offsets("process/watchdog.h", "struct watched"));
    }

    [Fact]
    public unsafe void The_structs_are_as_long_as_in_C()
    {
        Assert.Equal(16712, sizeof(CloneRequest));
        Assert.Equal(40, sizeof(CloneThread));
        Assert.Equal(200, sizeof(SearchHeader));
        Assert.Equal(104, sizeof(CrashGuardMemory));
        Assert.Equal(8224, sizeof(Watched));
        // In C, the threads, the registers and the words are in the struct that they follow.
        Assert.Equal("16712", NativeHeader.Size("process/request.h", "struct request"));
        Assert.Equal("40 + REGISTERS * 8", NativeHeader.Size("process/request.h", "struct thread"));
        Assert.Equal("200 + CHANNEL_WORDS * 8", NativeHeader.Size("search/channel.h", "struct channel"));
        Assert.Equal("104", NativeHeader.Size("process/crash_guard.h", "struct guard"));
        Assert.Equal("8224", NativeHeader.Size("process/watchdog.h", "struct watched"));
    }

    [Fact]
    public void Orders_and_answers_have_the_numbers_of_C()
    {
        Assert.Equal(Numbers<SearchOrder>(), NativeHeader.Enumeration("search/channel.h", "order"));
        Assert.Equal(
            Numbers<SearchAnswer>().Where(n => n.Number != 0),
            NativeHeader.Enumeration("search/channel.h", "answer"));
        Assert.Equal(
            [("Parent", SearchHeader.ParentsTurn), ("Child", SearchHeader.ChildsTurn)],
            NativeHeader.Enumeration("search/channel.h", "turn"));
    }

    [Fact]
    public void Views_of_the_heap_and_causes_to_stop_have_the_numbers_of_C()
    {
        Assert.Equal(Numbers<HeapView>(), NativeHeader.Enumeration("search/heap_windows.h", "heap_view"));
        Assert.Equal(
            [("ByTime", (int)SearchStop.Time), ("ByMemory", (int)SearchStop.Memory)],
            NativeHeader.Enumeration("search/search_state.h", "stop"));
    }

    [Fact]
    public void States_of_threads_have_the_numbers_of_C()
    {
        Assert.Equal(Numbers<ThreadActivity>(), NativeHeader.Enumeration("process/request.h", "thread_state"));
    }

    [Theory]
    [InlineData("search/channel.h", "CHANNEL_WORDS", SearchHeader.Words)]
    [InlineData("process/request.h", "MAX_RESTLESS", CloneRequest.MaxRestless)]
    public void A_constant_has_the_value_of_C(string header, string name, int value) =>
        Assert.Equal(value, NativeHeader.Constant(header, name));

    private static int[] OffsetsOf<T>() =>
    [
        .. typeof(T)
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(f => (int)Marshal.OffsetOf<T>(f.Name)),
    ];

    // In the order of C: negative numbers are last.
    private static (string Name, int Number)[] Numbers<T>() where T : struct, Enum =>
    [
        .. Enum.GetValues<T>()
            .Select(v => (v.ToString(), Convert.ToInt32(v, CultureInfo.InvariantCulture)))
            .OrderBy(n => n.Item2 < 0)
            .ThenBy(n => Math.Abs(n.Item2)),
    ];
}
