using System.Diagnostics;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Diagnosis;

public sealed class BlockedCallerTests
{
    [Fact]
    public void A_thread_that_says_that_it_waits_is_looked_at_until_it_does()
    {
        SkipElsewhere();
        var linux = new StandIn("running", "running", "202 0x7ff4 0x189 0x0 0x0 0x0 0xffffffff 0x7ff5 0x7ff6");
        LetBlock(linux);
        Assert.Equal(3, linux.Looks);
    }

    [Fact]
    public void Where_the_system_does_not_tell_it_is_looked_at_once()
    {
        SkipElsewhere();
        var linux = new StandIn();
        LetBlock(linux);
        Assert.Equal(1, linux.Looks);
    }

    [Fact]
    public void A_thread_that_never_waits_is_not_waited_for_for_long()
    {
        SkipElsewhere();
        long start = Stopwatch.GetTimestamp();
        new BlockedCaller(new LinuxCalls()).LetBlock(); // It asks about itself, and so never reports that it waits.
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(45), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Without_the_system_it_is_given_a_moment() => LetBlock(linux: null);

    private static void SkipElsewhere() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
        "only Linux x64 is asked");

    // As in a diagnosis: one thread waits for another, which permits it.
    private static void LetBlock(ILinux? linux)
    {
        var waiting = new BlockedCaller(linux);
        var thread = new Thread(waiting.LetBlock);
        thread.Start();
        thread.Join();
    }

    /// <summary>Returns the given answers, and then reports that the file does not exist.</summary>
    private sealed class StandIn(params string[] answers) : RealLinux
    {
        public int Looks { get; private set; }

        public override Stream Open(string file) => Looks++ < answers.Length
            ? new MemoryStream(System.Text.Encoding.ASCII.GetBytes(answers[Looks - 1]))
            : throw new UnauthorizedAccessException();
    }
}
