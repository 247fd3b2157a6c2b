namespace LifetimeMonitoring.TestHost;

/// <summary>Prints one report, in any environment.</summary>
internal static class Paths
{
    public static int Run()
    {
        Console.WriteLine(Holder.LeakThroughList().Check());
        return 0;
    }
}
