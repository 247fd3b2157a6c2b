using LifetimeMonitor.TestHost;

// One scenario a process: what is tried here can crash, hang or leave things behind, and must be seen from outside.
return args switch
{
    ["soak", var checks] => Soak.Run(int.Parse(checks, System.Globalization.CultureInfo.InvariantCulture)),
    ["leftovers"] => Leftovers.Run(),
    ["paths"] => Paths.Run(),
    ["nogc"] => NoGCRegion.Run(),
    ["stuck-finalizer"] => StuckFinalizer.Run(),
    ["finalizer-pending"] => StuckFinalizer.RunPending(),
    _ => 64,
};
