namespace LifetimeMonitor.TestHost;

/// <summary>Prints one report, whatever the environment allows.</summary>
internal static class Paths
{
    public static int Run()
    {
        Console.WriteLine(Holder.LeakThroughList().Check());
        return 0;
    }
}
