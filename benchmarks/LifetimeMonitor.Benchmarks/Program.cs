using System.Globalization;
using BenchmarkDotNet.Running;
using LifetimeMonitoring.Benchmarks;
using LifetimeMonitoring.Benchmarks.Ratios;

// "ratios" prints the table of docs/performance.md, "curves FILE" draws the picture beside it, and "timing" prints a
// few times in seconds. All other arguments go to BenchmarkDotNet.
return args switch
{
    ["timing"] => Timing.Run(),
    ["ratios"] => RatioTable.Run(quick: false),
    ["ratios", "quick"] => RatioTable.Run(quick: true),
    ["curves", var file] => Curves.Run(file),
    ["worker", var what, var shape, var objects, var place] =>
        Worker.Run(what, shape, int.Parse(objects, CultureInfo.InvariantCulture), place),
    _ => Parts(args),
};

static int Parts(string[] args)
{
    _ = BenchmarkSwitcher.FromAssembly(typeof(CheckBenchmarks).Assembly).Run(args);
    return 0;
}
