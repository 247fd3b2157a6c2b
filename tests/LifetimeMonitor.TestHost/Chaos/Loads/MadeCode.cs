namespace LifetimeMonitor.TestHost.Chaos.Loads;

/// <summary>Dynamic methods, and collectible load contexts, that come and go.</summary>
/// <param name="threads">How many threads.</param>
/// <param name="pause">Their rest.</param>
/// <param name="isContexts">Whole contexts; otherwise methods.</param>
internal sealed class MadeCode(int threads, int pause, bool isContexts) : ThreadedLoad(threads, pause)
{
    protected override string Parameters => $"{base.Parameters}, {(isContexts ? "contexts" : "methods")}";

    protected override void Work(int thread)
    {
        if (isContexts) Load.LoadAndUnload();
        else Load.MakeMethods();
    }
}
