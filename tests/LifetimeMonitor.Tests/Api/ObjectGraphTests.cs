using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Tests.Paths;

namespace LifetimeMonitoring.Tests.Api;

public sealed class ObjectGraphTests
{
    private static readonly Leaked s_first = new() { Next = new Leaked { Next = new object[] { 1, new Leaked() } } };

    [Fact]
    public void The_path_to_the_nearest_root_is_the_static_not_the_callers_own_variable()
    {
        object target = s_first.Next!;
        Assert.Equal(
            """
              static field LifetimeMonitoring.Tests.Api.ObjectGraphTests.s_first  root
              │   LifetimeMonitoring.Tests.Paths.Leaked
              ├─ Next
              ╰▶ LifetimeMonitoring.Tests.Paths.Leaked                           leaked

              Path: exact.
            """,
            ObjectGraph.FindPathToNearestRoot(target).ToString());
    }

    [Fact]
    public void The_callers_own_variable_is_found_when_it_is_all_there_is()
    {
        var target = new Leaked();
        PathSearchResult result = ObjectGraph.FindPathToNearestRoot(target);
        Assert.Equal(RootKind.Stack, result.Path?.Kind);
        GC.KeepAlive(target);
    }

    [Fact]
    public void The_shortest_path_leads_from_one_object_to_another()
    {
        object target = ((object[])((Leaked)s_first.Next!).Next!)[1];
        PathSearchResult result = ObjectGraph.FindShortestPath(s_first, target);
        Assert.Equal(RootKind.StartingObject, result.Path!.Kind);
        Assert.Equal(["LifetimeMonitoring.Tests.Paths.Leaked", "Next", "Next", "[1]"], result.Path.Steps.Select(s => s.Reference));
    }

    [Fact]
    public void No_path_is_an_answer_and_says_how_sure_it_is()
    {
        PathSearchResult result = ObjectGraph.FindShortestPath(new object(), s_first);
        Assert.Equal((null, PathCertainty.Exact), (result.Path, result.Certainty));
        Assert.Equal("  Path: none; everything was searched.", result.ToString());
    }

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>("target", () => ObjectGraph.FindPathToNearestRoot(null!));
        Assert.Throws<ArgumentNullException>("from", () => ObjectGraph.FindShortestPath(null!, s_first));
        Assert.Throws<ArgumentNullException>("to", () => ObjectGraph.FindShortestPath(s_first, null!));
    }
}
