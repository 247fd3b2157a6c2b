using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace LifetimeMonitoring.Tests.Processes;

/// <summary>Objects with very long paths.</summary>
public sealed partial class LongListTests
{
    [Fact]
    public void The_end_of_a_list_of_a_million_nodes_has_an_exact_path_with_their_number() => Assert.Contains(
        """
          static field LifetimeMonitoring.TestHost.Hostile.LongList.s_held   root
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          │   LifetimeMonitoring.TestHost.Hostile.LongShapes.Node
          ├─ Next  ×999,999
          │   LifetimeMonitoring.TestHost.Hostile.LongShapes.Node
          ├─ Next
          ╰▶ LifetimeMonitoring.TestHost.Leaked                              leaked
        """,
        Output("long-list list 1000000"),
        StringComparison.Ordinal);

    [Fact]
    public void A_long_path_through_any_objects_is_exact_and_counts_each_reference() => Output("long-list all 200000");

    [Fact]
    public void A_search_from_outside_says_the_same() => Output("long-list alternating 200000 1 outside");

    [Fact]
    public void Many_objects_with_long_paths_have_one_each() =>
        Assert.StartsWith("40 of 40 exact", Output("long-list many 200000 40"), StringComparison.Ordinal);

    // Earlier versions took twenty times as long, and found no path to the end of twenty million nodes.
    [Fact]
    public void The_end_of_a_long_list_takes_no_more_than_some_searches()
    {
        double beside = Math.Max(ShortestSearch("beside"), 20), end = ShortestSearch("list");
        Assert.True(end < 8 * beside, $"{end} ms, {beside} ms beside");
    }

    private static double ShortestSearch(string shape) => Searches()
        .Matches(Output($"long-list {shape} 4000000 4 inside"))
        .Min(m => double.Parse(m.Groups["time"].ValueSpan, CultureInfo.InvariantCulture));

    private static string Output(string scenario)
    {
        bool hasClones = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        Assert.SkipUnless(hasClones, "clones are made on Linux x64 only");
        (int exitCode, string output) = TestHost.Run(scenario);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        return output;
    }

    [GeneratedRegex(@", search (?<time>\d+) ms\)")]
    private static partial Regex Searches();
}
