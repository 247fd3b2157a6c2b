namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Creates and drops dynamic methods, and collectible load contexts.</summary>
/// <param name="threads">The number of threads.</param>
/// <param name="pause">Their pause.</param>
/// <param name="isContexts">Whether it creates whole contexts; otherwise methods.</param>
internal sealed class MadeCode(int threads, int pause, bool isContexts) : ThreadedLoad(threads, pause)
{
    protected override string Parameters => $"{base.Parameters}, {(isContexts ? "contexts" : "methods")}";

    protected override void Work(int thread)
    {
        if (isContexts) Load.LoadAndUnload();
        else Load.MakeMethods();
    }
}
