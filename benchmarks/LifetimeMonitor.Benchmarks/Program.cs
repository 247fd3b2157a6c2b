using System.Globalization;
using BenchmarkDotNet.Running;
using LifetimeMonitor.Benchmarks;
using LifetimeMonitor.Benchmarks.Ratios;

// "ratios" prints the table of docs/performance.md, "curves FILE" draws the picture beside it, "timing" a few figures in seconds; anything else goes to BenchmarkDotNet.
return args switch
{
    ["timing"] => Timing.Run(),
    ["ratios"] => RatioTable.Run(quick: false),
    ["ratios", "quick"] => RatioTable.Run(quick: true),
    ["curves", var file] => Curves.Run(file),
    ["worker", var what, var shape, var objects, var place] => Worker.Run(what, shape, int.Parse(objects, CultureInfo.InvariantCulture), place),
    _ => Parts(args),
};

static int Parts(string[] args)
{
    _ = BenchmarkSwitcher.FromAssembly(typeof(CheckBenchmarks).Assembly).Run(args);
    return 0;
}
