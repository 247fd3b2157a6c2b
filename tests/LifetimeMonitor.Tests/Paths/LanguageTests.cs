using System.Text.RegularExpressions;
using LifetimeMonitoring.Reports;
using InFSharp = LifetimeMonitoring.Tests.FSharp.Leaks;
using InVisualBasic = LifetimeMonitoring.Tests.VisualBasic.Leaks;

namespace LifetimeMonitoring.Tests.Paths;

/// <summary>Code of other compilers is also named in the words of its source.</summary>
public sealed partial class LanguageTests
{
    public static TheoryData<string, string> OfVisualBasic => new()
    {
        { nameof(InVisualBasic.Lambda), "event Closed += lambda in Leaks.Lambda / captured variable 'leaked' in Leaks.Lambda" },
        { nameof(InVisualBasic.LambdaInLambda), "captured variable 'inner' in Leaks.LambdaInLambda" },
        { nameof(InVisualBasic.NestedScopes), "captured variable 'leaked' in Leaks.NestedScopes" },
        {
            nameof(InVisualBasic.CustomEvent),
            "event Opened += lambda in Leaks.CustomEvent / captured variable 'leaked' in Leaks.CustomEvent"
        },
        { nameof(InVisualBasic.Awaiting), "local 'kept' of async Leaks.WaitForEver, awaiting at Leaks.vb:N / [0]" },
        {
            nameof(InVisualBasic.AwaitingInLambda),
            "captured variable 'leaked' of async lambda in Leaks.AwaitingInLambda, awaiting at Leaks.vb:N"
        },
        { nameof(InVisualBasic.Iterating), "parameter 'leaked' of iterator Leaks.Numbers, suspended at Leaks.vb:N" },
        { nameof(InVisualBasic.AnonymousType), "Dialog" },
    };

    public static TheoryData<string, string> OfFSharp => new()
    {
        { nameof(InFSharp.closure), "captured variable 'leaked' in Leaks.closure" },
        { nameof(InFSharp.record), "Dialog" },
        { nameof(InFSharp.union), "item2" },
        { nameof(InFSharp.option), "Value" },
        { nameof(InFSharp.list), "element" },
        { nameof(InFSharp.map), """["c"]""" },
        { nameof(InFSharp.cell), "contents" },
        { nameof(InFSharp.iterating), "variable 'leaked' of iterator Leaks.numbers" },
    };

    [Theory]
    [MemberData(nameof(OfVisualBasic))]
    public void A_path_through_Visual_Basic_is_named_in_its_words(string leak, string expected)
    {
        string[] references = References(typeof(InVisualBasic), leak);
        InVisualBasic.Clear();
        Assert.StartsWith("static field LifetimeMonitoring.Tests.VisualBasic.Leaks.s_held", references[0], StringComparison.Ordinal);
        Assert.Equal(expected, string.Join(" / ", references.Skip(1)));
    }

    [Fact]
    public void A_static_local_of_Visual_Basic_is_named_with_its_method()
    {
        string[] references = References(typeof(InVisualBasic), nameof(InVisualBasic.StaticLocal));
        InVisualBasic.ClearStaticLocal();
        Assert.Equal(["static field LifetimeMonitoring.Tests.VisualBasic.Leaks.StaticLocal.kept"], references);
    }

    [Theory]
    [MemberData(nameof(OfFSharp))]
    public void A_path_through_FSharp_is_named_in_its_words(string leak, string expected)
    {
        string[] references = References(typeof(InFSharp), leak);
        InFSharp.clear();
        Assert.Equal("static field LifetimeMonitoring.Tests.FSharp.Leaks.held", references[0]);
        Assert.Equal(expected, string.Join(" / ", references.Skip(1)));
    }

    [Fact]
    public void A_subscription_of_FSharp_ends_at_the_function_that_made_it()
    {
        string[] references = References(typeof(InFSharp), nameof(InFSharp.subscription));
        InFSharp.clear();
        Assert.StartsWith("multicast = lambda in ", references[1], StringComparison.Ordinal);
        Assert.Equal("captured variable 'leaked' in Leaks.subscription", references[^1]);
    }

    // Optimized, it is a state machine; unoptimized, nested closures.
    [Fact]
    public void A_task_of_FSharp_ends_at_the_function_that_waits()
    {
        string[] references = References(typeof(InFSharp), nameof(InFSharp.awaiting));
        InFSharp.clear();
        Assert.Matches("^(captured )?variable 'leaked' (of async|in) Leaks.waitForEver$", references[^1]);
    }

    private static string[] References(Type leaks, string name)
    {
        var leak = leaks.GetMethod(name)!.CreateDelegate<Action<object>>();
        LifetimeReport report = LifeTimeMonitor.Track(() => new Leaked(), use: leak).Check();
        Assert.Equal(PathCertainty.Exact, report.Certainty);
        return [.. report.Paths[0].Steps.Select(s => Lines().Replace(s.Reference, ":N"))];
    }

    [GeneratedRegex(@":\d+")]
    private static partial Regex Lines();
}
