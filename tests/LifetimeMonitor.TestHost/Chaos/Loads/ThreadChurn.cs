namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Threads that start, allocate, throw and end.</summary>
/// <param name="threads">The number of threads that start others.</param>
/// <param name="pause">Their pause.</param>
/// <param name="atOnce">The number of threads that each starts at once.</param>
internal sealed class ThreadChurn(int threads, int pause, int atOnce) : ThreadedLoad(threads, pause)
{
    protected override string Parameters => $"{base.Parameters}, {atOnce} at once";

    protected override void Work(int thread)
    {
        Thread[] started = [.. Enumerable.Range(0, atOnce).Select(_ => new Thread(Load.AllocateAndThrow))];
        foreach (Thread each in started) each.Start();
        foreach (Thread each in started) each.Join();
    }
}
