namespace LifetimeMonitor.TestHost.Chaos.Loads;

/// <summary>Threads stay inside an exception filter, a catch block or a finally block with an exception in flight.</summary>
/// <param name="threads">How many threads.</param>
/// <param name="lingering">How long they stay, in milliseconds.</param>
internal sealed class LingeringFilters(int threads, int lingering) : ThreadedLoad(threads, pause: 0)
{
    protected override string Parameters => $"{Threads}, {lingering} ms inside";

    protected override void Work(int thread)
    {
        try
        {
            Pass();
        }
        catch (InvalidOperationException) when (IsLingering())
        {
            Thread.Sleep(lingering);
        }
    }

    private void Pass()
    {
        try
        {
            throw new InvalidOperationException("in flight");
        }
        finally
        {
            Thread.Sleep(lingering);
        }
    }

    private bool IsLingering()
    {
        Thread.Sleep(lingering);
        return true;
    }
}
