using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Assert = Xunit.Assert;
using TestContext = Xunit.TestContext;

namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class RulePagesTests
{
    private const string Repository = "https://github.com/LifetimeMonitor/LifetimeMonitor/blob/main/";

    private static readonly DiagnosticDescriptor[] s_rules = [.. typeof(LifetimeAnalyzer).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(LifetimeAnalyzer)))
        .SelectMany(t => ((LifetimeAnalyzer)Activator.CreateInstance(t)!).SupportedDiagnostics)
        .OrderBy(r => r.Id, StringComparer.Ordinal)];

    private static string Root => typeof(RulePagesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(a => a.Key == "RepositoryRoot").Value!;

    [Fact]
    public void Each_rule_has_a_number_of_its_own() => Assert.Equal(
        Enumerable.Range(1, 13).Select(n => $"LTM{n:000}"), s_rules.Select(r => r.Id));

    [Fact]
    public void The_help_link_of_each_rule_leads_to_its_page() => Assert.All(s_rules, rule =>
    {
        string page = File.ReadAllText(Path.Combine(Root, rule.HelpLinkUri[Repository.Length..]));
        Assert.StartsWith($"# {rule.Id}: {rule.Title}\n", page, StringComparison.Ordinal);
    });

    [Fact]
    public void The_list_of_rules_names_each_with_its_severity()
    {
        string list = File.ReadAllText(Path.Combine(Root, "docs", "analyzers", "index.md"));
        Assert.All(s_rules, r => Assert.Contains(
            $"| [{r.Id}]({r.Id}.md) | {r.Title} | {(r.DefaultSeverity == DiagnosticSeverity.Info ? "info" : "warning")} |", list, StringComparison.Ordinal));
    }

    [Fact]
    public Task Code_without_the_library_is_not_analyzed()
    {
        CSharpAnalyzerTest<UnreadReportAnalyzer, DefaultVerifier> test =
            Compiled.Prepared(new CSharpAnalyzerTest<UnreadReportAnalyzer, DefaultVerifier>(), library: false);
        test.TestState.Sources.Add("""
            namespace LifetimeMonitoring
            {
                class LifeTimeMonitor { public int Check() => 0; }
                class Tests { void Test() { new LifeTimeMonitor().Check(); } }
            }
            """);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
