using System.Runtime.CompilerServices;
using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// A failing check whose system calls fail in turn, as in SQLite's tests: the Nth call for N = 1, 2, … until the check
/// makes fewer, once and from then on, with each plausible errno. After any failure the object is alive, its holder is
/// right or marked as uncertain, and nothing is left behind.
/// </summary>
internal static class Faults
{
    private const int HalfRead = 0;

    // EPERM, ESRCH, EINTR, EIO, EAGAIN, ENOMEM, EACCES, EFAULT, EMFILE, ENOSYS
    public static readonly int[] Errors = [1, 3, 4, 5, 11, 12, 13, 14, 24, 38, HalfRead];
    private static readonly int[] s_usual = [1, 3, 12, 14, HalfRead];
    private static readonly LifetimeOptions s_options = new() { TimeBudget = TimeSpan.FromSeconds(30), Snapshots = [SnapshotKind.Clone] };
    private static readonly Trials s_trials = new(s_options.TimeBudget, IsClean, Leftovers.Describe);

    /// <param name="all">
    /// Whether to try each N and each errno; otherwise only the usual ones, with doubling steps of N.
    /// </param>
    /// <param name="only">One errno: all of them take hours, and processes can share the work.</param>
    public static int Run(bool all, int? only = null)
    {
        _ = CheckList(new LinuxCalls());
        _ = CheckLocal(new LinuxCalls());
        int files = Leftovers.Files();
        int[] errors = all ? Errors : s_usual;
        foreach (int error in only is { } one ? [one] : errors)
        {
            foreach (bool forGood in new[] { false, true })
            {
                Inject(error, forGood, all, CheckList, r => Holder.IsTheList(r));
                Inject(
                    error,
                    forGood,
                    all,
                    CheckLocal,
                    r => r is { Verdict: LifetimeVerdict.StackOnly, Paths: [{ Kind: RootKind.Stack }] });
                if (all)
                    Console.WriteLine(
                        $"errno {error}{(forGood ? " for good" : "")}: {s_trials.Made} faults so far, " +
                        $"{s_trials.Wrong} wrong");
            }
        }

        Console.WriteLine(
            $"{s_trials.Made} faults, {s_trials.Wrong} wrong, {s_trials.Unsure} without an exact path; " +
            $"{Leftovers.Describe()}, {Leftovers.Files() - files} more descriptors");
        // The runtime opens some descriptors; a leak of ours would open one for each fault.
        return s_trials.Wrong == 0 && Leftovers.Files() - files < s_trials.Made / 20 ? 0 : 1;
    }

    /// <summary>The search reads corrupted memory, from some seeds for each kind of corruption.</summary>
    public static int RunRotten(int seeds)
    {
        // Only system calls return corrupted memory, and the clone's own search makes none. (See CloneSearchTests.)
        AppContext.SetSwitch(SnapshotRunner.SearchInCloneSwitch, false);
        _ = CheckList(new LinuxCalls());
        foreach (Rot rot in Enum.GetValues<Rot>())
        {
            for (int seed = 0; seed < seeds; seed++)
            {
                var linux = new RottenLinux(rot, seed);
                s_trials.Try($"{rot} {seed}", () => CheckList(linux), IsFromTheList);
                if (!linux.WasHit) s_trials.Fail($"{rot} {seed}: nothing was rotten");
            }
        }

        Console.WriteLine(
            $"{s_trials.Made} rotten heaps, {s_trials.Wrong} wrong, {s_trials.Unsure} without an exact path; " +
            $"{Leftovers.Describe()}");
        return s_trials.Wrong == 0 ? 0 : 1;
    }

    // Corrupted memory may cost the name of an object, or of a static with corrupted type data, but not the path.
    public static bool IsFromTheList(LifetimeReport report) =>
        report is { Verdict: LifetimeVerdict.Retained, Paths: [{ Steps: [var root, .., var last] }] }
        && root.Reference is ("static field LifetimeMonitoring.TestHost.Holder.List" or "static field (which one is not known)")
        && last.TypeName == "LifetimeMonitoring.TestHost.Leaked";

    private static void Inject(int error, bool forGood, bool all, Func<ILinux, LifetimeReport> check, Func<LifetimeReport, bool> isRight)
    {
        for (int nth = 1; ; nth += all || nth < 4 ? 1 : nth)
        {
            var linux = new FaultyLinux(nth, forGood, error);
            s_trials.Try($"errno {error} in call {nth}{(forGood ? " and after" : "")}", () => check(linux), isRight);
            if (!linux.WasHit) return;
        }
    }

    // A clone that could not be killed dies with its thread, and is reaped before the next one is made.
    private static bool IsClean()
    {
        CloneReaper.OfThoseLeft(new LinuxCalls());
        return Leftovers.IsNothing();
    }

    private static LifetimeReport CheckList(ILinux linux) => Check(Holder.LeakThroughList(), linux);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifetimeReport CheckLocal(ILinux linux)
    {
        var local = new Leaked();
        LifetimeReport report = Check(new LifeTimeMonitor(local), linux);
        GC.KeepAlive(local);
        return report;
    }

    private static LifetimeReport Check(LifeTimeMonitor monitor, ILinux linux) =>
        LifetimeCheck.Run([monitor.Monitored], s_options, new Diagnoser(new SnapshotLadder(linux)))[0];
}
