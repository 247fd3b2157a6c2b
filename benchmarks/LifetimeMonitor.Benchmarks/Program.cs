using BenchmarkDotNet.Running;
using LifetimeMonitor.Benchmarks;

// "timing" prints the table of docs/performance.md in seconds; anything else goes to BenchmarkDotNet.
if (args is ["timing"]) return Timing.Run();
_ = BenchmarkSwitcher.FromAssembly(typeof(CheckBenchmarks).Assembly).Run(args);
return 0;
