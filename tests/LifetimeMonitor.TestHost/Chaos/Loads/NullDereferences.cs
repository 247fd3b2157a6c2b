using LifetimeMonitoring.TestHost.Hostile;

namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Processor faults that become null references, also inside catch blocks.</summary>
/// <param name="threads">The number of threads.</param>
/// <param name="pause">Their pause.</param>
/// <param name="isNested">Whether each is thrown inside a catch block.</param>
internal sealed class NullDereferences(int threads, int pause, bool isNested) : ThreadedLoad(threads, pause)
{
    public override bool AllowsDumps => false;

    protected override string Parameters => base.Parameters + (isNested ? ", nested" : "");

    protected override void Work(int thread)
    {
        if (isNested) NullReferences.ThrowNested();
        else NullReferences.Throw();
    }
}
