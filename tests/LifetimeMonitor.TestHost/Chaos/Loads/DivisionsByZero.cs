namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Processor faults of another kind (SIGFPE).</summary>
/// <param name="threads">The number of threads.</param>
/// <param name="pause">Their pause.</param>
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
