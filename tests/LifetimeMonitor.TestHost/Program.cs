using System.Globalization;
using LifetimeMonitor.TestHost;
using LifetimeMonitor.TestHost.Hostile;

// One scenario a process: what is tried here can crash, hang or leave things behind, and must be seen from outside.
return args switch
{
    ["soak", var checks] => Soak.Run(int.Parse(checks, CultureInfo.InvariantCulture)),
    ["first-failure"] => FirstFailure.Run(),
    ["statics"] => ManyStatics.Run(),
    ["completeness"] => Completeness.Run(),
    ["walks", var snapshots] => Walks.Run(int.Parse(snapshots, CultureInfo.InvariantCulture)),
    ["leftovers"] => Leftovers.Run(),
    ["faults"] => Faults.Run(all: false),
    ["faults", "dump"] => DumpFaults.Run(),
    ["faults", "all"] => Faults.Run(all: true),
    ["faults", "all", var error] => Faults.Run(all: true, int.Parse(error, CultureInfo.InvariantCulture)),
    ["rotten", var seeds] => Faults.RunRotten(int.Parse(seeds, CultureInfo.InvariantCulture)),
    ["memory-budget", var what, var where] => MemoryBudget.Run(what, where),
    ["slow-suspension"] => SlowSuspension.Run(),
    ["restricted", var how] => Restricted.Run(how),
    ["in-flight", var where, var guard] => InFlight.Run(where, guarded: guard == "guarded"),
    ["crashing-component"] => CrashingComponent.Run(),
    ["waking", var guard] => Waking.Run(guarded: guard == "guarded"),
    ["signal", var mask] => CloneScenarios.RunSignal(blocked: mask == "blocked"),
    ["lingering-clone", _] => CloneScenarios.RunLingering(),
    ["orphaned-clone", _] => CloneScenarios.RunOrphaned(),
    ["never-settled"] => CloneScenarios.RunNeverSettled(),
    ["too-many-ranges"] => CloneScenarios.RunTooManyRanges(),
    ["given-up"] => GivenUp.Run(),
    ["paths"] => Paths.Run(),
    ["nogc", "unguarded"] => NoGCRegion.RunUnguarded(),
    ["nogc"] => NoGCRegion.Run(),
    ["stuck-finalizer", var how] => StuckFinalizer.Run(how),
    ["asserting-finalizer", var monitor] => StuckFinalizer.RunAsserting(held: monitor == "held"),
    ["finalizer-pending"] => StuckFinalizer.RunPending(),
    ["null-references", var checks, var threads, var pause] => NullReferences.Run(Number(checks), Number(threads), Number(pause)),
    ["full-heap", var left, var how] => FullHeap.Run(Number(left), isBusy: how == "busy"),
    ["memory-limit", var live, var limit, var checks] => MemoryLimit.Run(Number(live), Number(limit), Number(checks)),
    ["interrupted-calls", var checks] => InterruptedCalls.Run(Number(checks)),
    ["exiting", var where, var use] => Exiting.Run(where, isFirst: use == "first"),
    ["deadlines", var checks, var how] => Deadlines.Run(Number(checks), areTogether: how == "together"),
    ["stalled", var where] => Stalled.Run(where),
    ["interrupts", var checks] => Interrupts.Run(Number(checks)),
    ["ring"] => ForeignSignals.RunRing(),
    ["queued-signals"] => ForeignSignals.RunQueued(),
    _ => 64,
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
