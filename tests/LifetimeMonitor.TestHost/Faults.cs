using System.Runtime.CompilerServices;
using LifetimeMonitor.Diagnosis;
using LifetimeMonitor.Snapshots;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.TestHost;

/// <summary>
/// A failing check whose every system call fails in turn, as SQLite is tested: the Nth call for N = 1, 2, … until the check makes
/// fewer, once and from then on, with each errno that is plausible. Whatever fails, the object is alive, what is said of who
/// holds it is right or said to be unsure, and nothing is left behind.
/// </summary>
internal static class Faults
{
    private const int HalfRead = 0;

    // EPERM, ESRCH, EINTR, EIO, EAGAIN, ENOMEM, EACCES, EFAULT, EMFILE, ENOSYS
    public static readonly int[] Errors = [1, 3, 4, 5, 11, 12, 13, 14, 24, 38, HalfRead];
    private static readonly int[] s_usual = [1, 3, 12, 14, HalfRead];
    private static readonly LifetimeOptions s_options = new() { TimeBudget = TimeSpan.FromSeconds(30), Snapshots = [SnapshotKind.Clone] };
    private static readonly Trials s_trials = new(s_options.TimeBudget, IsClean, Leftovers.Describe);

    /// <param name="all">Each N and each errno; otherwise the usual ones, the first calls and then each twice as far.</param>
    /// <param name="only">One errno: all of them take hours, and processes can share them.</param>
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
                Inject(error, forGood, all, CheckLocal, r => r is { Verdict: LifetimeVerdict.StackOnly, Paths: [{ Kind: RootKind.Stack }] });
                if (all) Console.WriteLine($"errno {error}{(forGood ? " for good" : "")}: {s_trials.Made} faults so far, {s_trials.Wrong} wrong");
            }
        }

        Console.WriteLine($"{s_trials.Made} faults, {s_trials.Wrong} wrong, {s_trials.Unsure} without an exact path; {Leftovers.Describe()}, {Leftovers.Files() - files} more descriptors");
        // The runtime opens some of its own; a leak of ours would be one for each fault.
        return s_trials.Wrong == 0 && Leftovers.Files() - files < s_trials.Made / 20 ? 0 : 1;
    }

    /// <summary>The search reads rotten memory, from some seeds for each kind of rot.</summary>
    public static int RunRotten(int seeds)
    {
        // What is read through the system calls is rotten; the clone's own search makes none. (CloneSearchTests rot its memory.)
        AppContext.SetSwitch(Rungs.SearchInCloneSwitch, false);
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

        Console.WriteLine($"{s_trials.Made} rotten heaps, {s_trials.Wrong} wrong, {s_trials.Unsure} without an exact path; {Leftovers.Describe()}");
        return s_trials.Wrong == 0 ? 0 : 1;
    }

    // Rotten memory can cost the words for an object, or for a static whose type's data is rotten, and not the path.
    public static bool IsFromTheList(LifetimeReport report) => report is
    {
        Verdict: LifetimeVerdict.Retained,
        Paths: [{ Steps: [{ Reference: "static field LifetimeMonitor.TestHost.Holder.List" or "static field (which one is not known)" }, .., { TypeName: "LifetimeMonitor.TestHost.Leaked" }] }],
    };

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
        CloneEnd.OfThoseLeft(new LinuxCalls());
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
        LifetimeCheck.Run([monitor], s_options, new PathFinder(new SnapshotLadder(linux)))[0];
}
