using System.Xml.Linq;

namespace LifetimeMonitoring.Specimens;

/// <summary>A leak is a failure and not an error, in every report.</summary>
/// <param name="run">Has a test that leaks, <c>OnAClass.A_static_field_holds_it</c>.</param>
/// <param name="printed">The console's line for that test.</param>
public abstract class ReportTests(OrdinaryRun run, string printed)
{
    private const string Leak = "Suspect is still alive, held by static field Suspect.s_kept[";

    [Fact]
    public void The_console_shows_the_leak()
    {
        int test = run.Console.IndexOf(printed, StringComparison.Ordinal);
        Assert.True(test >= 0, run.Console);
        Assert.Contains(Leak, run.Console[test..], StringComparison.Ordinal);
        Assert.Contains("╰▶ Specimens.Suspect ", run.Console[test..], StringComparison.Ordinal);
    }

    [Fact]
    public void JUnit_counts_it_as_it_counts_a_failed_assertion()
    {
        XElement root = XDocument.Load(run.Report(Runner.JUnit)).Root!;
        XElement leak = Result(root, "OnAClass", "A_static_field_holds_it");

        Assert.Equal(InJUnit, leak.Name.LocalName);
        Assert.Equal(Result(root, "OnMethods", "It_fails_before_it_tracks").Name, leak.Name);
        Assert.Contains(Leak, leak.Attribute("message")!.Value, StringComparison.Ordinal);
    }

    /// <summary>The JUnit element for a failed assertion.</summary>
    private protected virtual string InJUnit => "failure";

    private static XElement Result(XElement root, string @class, string test)
    {
        XElement found = Assert.Single(root.Descendants("testcase"), t =>
            t.Attribute("classname")!.Value.EndsWith(@class, StringComparison.Ordinal)
                && t.Attribute("name")!.Value.EndsWith(test, StringComparison.Ordinal));
        return Assert.Single(found.Elements(), e => e.Name.LocalName is "failure" or "error");
    }
}
