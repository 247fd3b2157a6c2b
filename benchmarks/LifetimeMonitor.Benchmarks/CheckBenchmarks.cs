using BenchmarkDotNet.Attributes;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Benchmarks;

/// <summary>A passing and a failing check beside the usual hand-written code, in a heap of some size.</summary>
[MemoryDiagnoser]
public class CheckBenchmarks
{
    private object[] _live = [];

    [Params(0, 800_000)]
    public int LiveObjects { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _live = [.. Enumerable.Range(0, LiveObjects).Select(_ => new object())];
        GC.Collect();
    }

    [Benchmark(Baseline = true)]
    public void CollectWaitCollect() => Specimen.CollectWaitCollect();

    [Benchmark]
    public void Passing() => Specimen.Pass();

    [Benchmark]
    public LifetimeReport Failing() => Specimen.Fail();
}
