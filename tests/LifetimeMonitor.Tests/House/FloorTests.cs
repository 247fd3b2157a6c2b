namespace LifetimeMonitoring.Tests.House;

/// <summary>Data flows one way: no folder of the core uses a folder above it, and so no two folders use each other. Seen in the compiled types.</summary>
public sealed class FloorTests
{
    // From the bottom up: a folder may use those before it.
    private static readonly string[] s_floors =
    [
        "Model", "Waiting", "Collecting", "Graph", "Snapshots", "Heap", "Naming", "Blame", "Rendering", "Diagnosis", "Api",
    ];

    // The same within Heap, which is as large as all others together. Its own files are the top.
    private static readonly string[] s_floorsOfHeap =
    [
        "Memory", "RuntimeLayout", "Dac", "Metadata", "Objects", "Types", "Roots", "Statics", "Stacks", "Searching", "Heap",
    ];

    [Fact]
    public void Every_folder_is_a_floor() => Assert.Equal(s_floors.Order(), CompiledFolders.All.Order());

    [Fact]
    public void A_folder_uses_only_the_floors_below_it() =>
        Assert.Empty(Upward(CompiledFolders.Uses(), s_floors));

    [Fact]
    public void Every_folder_in_Heap_is_a_floor() =>
        Assert.Equal(s_floorsOfHeap.Order(), CompiledFolders.Within("Heap").Order());

    [Fact]
    public void A_folder_in_Heap_uses_only_the_floors_below_it()
    {
        IReadOnlyCollection<CompiledFolders.Use> uses = CompiledFolders.UsesWithin("Heap");
        Assert.True(uses.Count > s_floorsOfHeap.Length, $"only {uses.Count} uses were seen");
        Assert.Empty(Upward(uses, s_floorsOfHeap));
    }

    private static IEnumerable<string> Upward(IEnumerable<CompiledFolders.Use> uses, string[] floors) => uses
        .Where(use => Array.IndexOf(floors, use.Used) > Array.IndexOf(floors, use.User))
        .Select(use => use.ToString());
}
