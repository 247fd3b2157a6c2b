namespace LifetimeMonitoring.Tests.House;

/// <summary>Data flows one way: no folder of the core uses a folder above it, and so no two folders use each other. Seen in the compiled types.</summary>
public sealed class FloorTests
{
    // From the bottom up: a folder may use those before it.
    private static readonly string[] s_floors =
    [
        "Model", "Waiting", "Collecting", "Graph", "Snapshots", "Heap", "Naming", "Blame", "Rendering", "Diagnosis", "Api",
    ];

    [Fact]
    public void Every_folder_is_a_floor() => Assert.Equal(s_floors.Order(), CompiledFolders.All.Order());

    [Fact]
    public void A_folder_uses_only_the_floors_below_it()
    {
        IEnumerable<string> upward = CompiledFolders.Uses()
            .Where(use => Array.IndexOf(s_floors, use.Used) > Array.IndexOf(s_floors, use.User))
            .Select(use => use.ToString());
        Assert.Empty(upward);
    }
}
