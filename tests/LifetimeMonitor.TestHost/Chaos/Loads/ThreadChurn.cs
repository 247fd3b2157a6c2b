namespace LifetimeMonitor.TestHost.Chaos.Loads;

/// <summary>Threads start, allocate, throw and end.</summary>
/// <param name="threads">How many threads start others.</param>
/// <param name="pause">Their rest.</param>
/// <param name="atOnce">How many each starts at once.</param>
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
