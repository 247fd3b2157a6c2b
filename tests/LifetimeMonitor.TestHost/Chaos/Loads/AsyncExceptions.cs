namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Asynchronous methods that fail and resume inside the catch blocks of their callers.</summary>
/// <param name="threads">The number of threads that start them.</param>
/// <param name="pause">Their pause.</param>
internal sealed class AsyncExceptions(int threads, int pause) : ThreadedLoad(threads, pause)
{
    protected override void Work(int thread) => FailAndGoOn().GetAwaiter().GetResult();

    private static async Task FailAndGoOn()
    {
        try
        {
            await Task.WhenAll(Fail(1), Fail(2), Fail(3));
        }
        catch (InvalidOperationException)
        {
            await Task.Delay(1);
            GC.KeepAlive(new object());
        }
    }

    private static async Task Fail(int milliseconds)
    {
        await Task.Delay(milliseconds);
        await Task.Yield();
        throw new InvalidOperationException("failed");
    }
}
