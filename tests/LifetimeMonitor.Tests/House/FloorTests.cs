using System.Text.RegularExpressions;

namespace LifetimeMonitor.Tests.House;

/// <summary>Data flows one way: no folder of the core uses a folder above it.</summary>
public sealed partial class FloorTests
{
    private static readonly string s_core = Path.Combine(Repository.Sources, "LifetimeMonitor");

    [Theory]
    [InlineData("Collecting")]
    [InlineData("Graph")]
    [InlineData("Snapshots")]
    [InlineData("Heap", "Graph", "Snapshots")]
    [InlineData("Naming", "Collecting", "Graph", "Heap")]
    [InlineData("Blame", "Heap", "Naming")]
    [InlineData("Diagnosis", "Blame", "Collecting", "Graph", "Heap", "Naming", "Snapshots")]
    [InlineData("Rendering")]
    public void A_floor_uses_only_the_floors_below_it(string floor, params string[] below)
    {
        IEnumerable<string> used = Files(floor)
            .SelectMany(f => Floors().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups[1].Value)
            .Where(f => f != floor && Directory.Exists(Path.Combine(s_core, f)))
            .Distinct();
        Assert.Empty(used.Except(below));
    }

    [Theory]
    [InlineData("Blame")]
    [InlineData("Collecting")]
    [InlineData("Graph")]
    [InlineData("Snapshots")]
    [InlineData("Heap")]
    [InlineData("Naming")]
    [InlineData("Rendering")]
    public void No_floor_but_the_diagnosis_knows_the_front_door(string floor) =>
        Assert.DoesNotContain(Files(floor), f => FrontDoor().IsMatch(Code(f)));

    [Fact]
    public void Every_floor_has_its_rule()
    {
        string[] floors = [.. Directory.GetDirectories(s_core).Select(d => Path.GetFileName(d)!).Except(["bin", "obj"]).Order()];
        Assert.Equal(["Blame", "Collecting", "Diagnosis", "Graph", "Heap", "Naming", "Rendering", "Snapshots"], floors);
    }

    private static string[] Files(string floor) => Directory.GetFiles(Path.Combine(s_core, floor), "*.cs", SearchOption.AllDirectories);

    // What a message or a comment says is no use of what it names.
    private static string Code(string file) =>
        Strings().Replace(string.Join('\n', File.ReadLines(file).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal))), "");

    [GeneratedRegex("\"[^\"\n]*\"")]
    private static partial Regex Strings();

    [GeneratedRegex(@"\b(?:LifetimeMonitor\.)?(Blame|Collecting|Diagnosis|Graph|Heap|Naming|Rendering|Snapshots)(?=[.;])")]
    private static partial Regex Floors();

    [GeneratedRegex(@"\b(LifeTimeMonitor|LifetimeScope|ObjectGraph)\b")]
    private static partial Regex FrontDoor();
}
