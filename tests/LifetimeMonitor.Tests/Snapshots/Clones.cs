using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>Clones of the process that runs the tests.</summary>
internal static class Clones
{
    // In a program that runs tests, some thread always wakes.
    public static CloneSnapshot Take(bool compare, SearchSettings? settings = null)
    {
        var linux = new LinuxCalls();
        var requests = new CloneRequests(linux, CloneRequests.DefaultStoppingLimit);
        for (int i = 0; ; i++)
        {
            try
            {
                return CloneSnapshot.Create(linux, requests, compare, settings);
            }
            catch (SnapshotRefusedException) when (i < 100)
            {
            }
        }
    }

    public static CloneSnapshot Take() => Take(new LinuxCalls());

    public static CloneSnapshot Take(ILinux linux) => (CloneSnapshot)new SnapshotLadder(linux).Take(SnapshotKind.Clone);
}
