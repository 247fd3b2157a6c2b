using System.Runtime.InteropServices;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>The other threads of the process while a clone is made.</summary>
public sealed class ClonedThreadTests
{
    public ClonedThreadTests() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "clones are made on Linux x64 only");

    [Fact]
    public void A_running_thread_is_stopped_and_runs_on_afterwards()
    {
        long count = 0;
        using var stop = new CancellationTokenSource();
        var thread = new Thread(() =>
        {
            while (!stop.IsCancellationRequested) Interlocked.Increment(ref count);
        });
        thread.Start();
        SpinWait.SpinUntil(() => Interlocked.Read(ref count) > 0);

        bool stopped = false;
        for (int i = 0; i < 50 && !stopped; i++)
        {
            // On a busy machine the thread may wait for a processor; the kernel calls that running, too.
            using CloneSnapshot snapshot = Clones.Take();
            stopped = snapshot.Threads.Any(t =>
                t.Activity == ThreadActivity.Stopped
                    && t.Registers.Length == 17
                    && snapshot.StackMap.BaseOf(t.StackPointer) > t.StackPointer);
        }

        long before = Interlocked.Read(ref count);
        SpinWait.SpinUntil(() => Interlocked.Read(ref count) > before, TimeSpan.FromSeconds(10));
        stop.Cancel();
        thread.Join();
        Assert.True(stopped);
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
            // The thread signals its wait a moment before it begins.
            Thread.Sleep(5);
            using CloneSnapshot snapshot = Clones.Take();
            blocked = snapshot.Threads.Any(t => t.Activity == ThreadActivity.Blocked && snapshot.StackMap.BaseOf(t.StackPointer) != 0);
        }

        release.Set();
        thread.Join();
        Assert.True(blocked);
    }

    [Theory]
    [InlineData(".NET Tiered Compilation Worker", true)]
    [InlineData("somebody else", false)]
    public void The_thread_that_compiles_again_is_stopped_though_it_waits_because_it_wakes_by_itself(string name, bool isStopped)
    {
        using var stop = new ManualResetEventSlim(initialState: false, spinCount: 0);
        int id = 0;
        long woken = 0;
        var thread = new Thread(() =>
        {
            id = new LinuxCalls().ThreadId();
            while (!stop.Wait(500)) _ = Interlocked.Increment(ref woken);
        })
        { Name = name };
        thread.Start();
        SpinWait.SpinUntil(() => Interlocked.Read(ref woken) > 0);
        var seen = new List<ThreadActivity>();
        for (int i = 0; i < 20; i++)
        {
            using CloneSnapshot snapshot = Clones.Take(compare: true);
            seen.AddRange(snapshot.Threads.Where(t => t.ThreadId == id).Select(t => t.Activity));
        }

        long before = Interlocked.Read(ref woken);
        SpinWait.SpinUntil(() => Interlocked.Read(ref woken) > before, TimeSpan.FromSeconds(10));
        stop.Set();
        thread.Join();
        Assert.True(Interlocked.Read(ref woken) > before);
        // Now and then the thread waits for something else, such as the end of a collection, or is awake.
        int stopped = seen.Count(a => a == ThreadActivity.Stopped), blocked = seen.Count(a => a == ThreadActivity.Blocked);
        Assert.True(isStopped ? stopped > blocked : blocked > stopped, $"{stopped} times stopped, {blocked} times blocked");
    }
}
