namespace LifetimeMonitoring.Tests.House;

/// <summary>The types that a folder of the core may not use, looked for in the compiled types.</summary>
public sealed class BannedTypesTests
{
    private const string ClrMD = "Microsoft.Diagnostics.Runtime";
    private static readonly IReadOnlyCollection<CompiledFolders.Outside> s_uses = CompiledFolders.UsesOfOthers();

    [Fact]
    public void Only_the_folder_of_the_debugging_component_uses_ClrMD()
    {
        IEnumerable<CompiledFolders.Outside> uses = s_uses.Where(u => u.Assembly == ClrMD);
        Assert.Equal("LifetimeMonitoring.Heap.Dac", Assert.Single(uses.Select(u => u.Namespace).Distinct()));
    }
}
