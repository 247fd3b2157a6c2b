namespace LifetimeMonitor.TestHost.Chaos.Loads;

/// <summary>Faults of the processor of another kind (SIGFPE).</summary>
/// <param name="threads">How many threads.</param>
/// <param name="pause">Their rest.</param>
internal sealed class DivisionsByZero(int threads, int pause) : ThreadedLoad(threads, pause)
{
    private int _zero;

    public override bool AllowsDumps => false;

    protected override void Work(int thread)
    {
        try
        {
            _zero = 1 / _zero;
        }
        catch (DivideByZeroException)
        {
            _zero = 0;
        }
    }
}
