namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Threads that stay in an exception filter, a catch block or a finally block during an exception.</summary>
/// <param name="threads">The number of threads.</param>
/// <param name="lingering">The time they stay, in milliseconds.</param>
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
