using LifetimeMonitor.TestHost;

// One scenario a process: what is tried here can crash, hang or leave things behind, and must be seen from outside.
return args switch
{
    ["soak", var checks] => Soak.Run(int.Parse(checks, System.Globalization.CultureInfo.InvariantCulture)),
    ["first-failure"] => FirstFailure.Run(),
    ["walks", var snapshots] => Walks.Run(int.Parse(snapshots, System.Globalization.CultureInfo.InvariantCulture)),
    ["leftovers"] => Leftovers.Run(),
    ["faults"] => Faults.Run(all: false),
    ["faults", "dump"] => DumpFaults.Run(),
    ["faults", "all"] => Faults.Run(all: true),
    ["faults", "all", var error] => Faults.Run(all: true, int.Parse(error, System.Globalization.CultureInfo.InvariantCulture)),
    ["rotten", var seeds] => Faults.RunRotten(int.Parse(seeds, System.Globalization.CultureInfo.InvariantCulture)),
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
    _ => 64,
};
