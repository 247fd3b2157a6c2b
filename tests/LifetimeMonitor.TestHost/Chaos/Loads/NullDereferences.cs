using LifetimeMonitor.TestHost.Hostile;

namespace LifetimeMonitor.TestHost.Chaos.Loads;

/// <summary>Faults of the processor that become null references, also inside catch blocks.</summary>
/// <param name="threads">How many threads.</param>
/// <param name="pause">Their rest.</param>
/// <param name="isNested">Each is thrown inside a catch block.</param>
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
