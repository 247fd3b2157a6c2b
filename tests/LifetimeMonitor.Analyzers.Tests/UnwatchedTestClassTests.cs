namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class UnwatchedTestClassTests
{
    [Fact]
    public Task A_claim_in_a_plain_test_class_is_flagged() => Checked("[[|TestClass|]] class Tests { [TestMethod, MustBeCollected] public void Test() { } }");

    [Fact]
    public Task A_claim_on_a_plain_test_class_is_flagged() => Checked("[MustBeCollected, [|TestClass|]] class Tests { [TestMethod] public void Test() { } }");

    [Fact]
    public Task A_claim_in_a_watched_class_is_not_flagged() => Checked(
        "[LifetimeTestClass] class Tests { [TestMethod, MustBeCollected] public void Test() { } }");

    [Fact]
    public Task A_claim_under_an_attribute_that_derives_from_ours_is_not_flagged() => Checked("""
        class OwnAttribute : LifetimeTestClassAttribute { }
        [Own] class Tests { [TestMethod, MustBeCollected] public void Test() { } }
        """);

    [Fact]
    public Task An_alias_that_the_package_makes_is_not_flagged() => Compiled.File<UnwatchedTestClassAnalyzer>("""
        using LifetimeMonitoring.MSTest;
        using Microsoft.VisualStudio.TestTools.UnitTesting;
        using TestClassAttribute = LifetimeMonitoring.MSTest.LifetimeTestClassAttribute;
        [TestClass] class Tests { [TestMethod, MustBeCollected] public void Test() { } }
        """);

    [Fact]
    public Task A_class_without_a_claim_is_not_flagged() => Checked("[TestClass] class Tests { [TestMethod] public void Test() { } }");

    [Fact]
    public Task A_claim_that_is_skipped_is_not_flagged() => Checked(
        "[TestClass] class Tests { [TestMethod, MustBeCollected(Skip = \"known\")] public void Test() { } }");

    [Fact]
    public Task An_abstract_class_is_not_flagged() => Checked(
        "[TestClass] abstract class Tests { [TestMethod, MustBeCollected] public void Test() { } }");

    private static Task Checked(string code) => Compiled.File<UnwatchedTestClassAnalyzer>($"""
        using LifetimeMonitoring.MSTest;
        using Microsoft.VisualStudio.TestTools.UnitTesting;
        {code}
        """);
}
