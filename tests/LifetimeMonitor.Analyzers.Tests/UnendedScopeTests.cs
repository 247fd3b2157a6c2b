namespace LifetimeMonitoring.Analyzers.Tests;

public sealed class UnendedScopeTests
{
    [Fact]
    public Task A_scope_that_only_watches_is_flagged() => Checked(
        "var scope = [|new LifetimeScope()|]; scope.Watch(new Dialog()); Console.WriteLine(scope.TrackedCount);");

    [Fact]
    public Task A_scope_that_nothing_uses_is_flagged() => Checked("var scope = [|new LifetimeScope()|]; LifetimeScope.Track(new Dialog());");

    [Fact]
    public Task A_scope_without_a_variable_is_flagged() => Checked("[|new LifetimeScope()|];");

    [Fact]
    public Task A_scope_with_using_is_not_flagged() => Checked(
        """
        using var first = new LifetimeScope();
        await using var second = new LifetimeScope();
        using (new LifetimeScope()) { }
        using (var third = new LifetimeScope()) { third.Watch(new Dialog()); }
        """,
        "async Task Test()");

    [Fact]
    public Task A_scope_that_is_disposed_or_asked_is_not_flagged() => Checked("""
        var first = new LifetimeScope();
        var second = new LifetimeScope();
        try { first.Watch(new Dialog()); } finally { first.Dispose(); }
        second.AssertAllDead();
        """);

    [Fact]
    public Task A_scope_that_is_given_to_other_code_is_not_flagged() => Checked(
        """
        var first = new LifetimeScope();
        var second = new LifetimeScope();
        _scope = new LifetimeScope();
        _scope = first;
        return second;
        """,
        "LifetimeScope Test()",
        "LifetimeScope? _scope;");

    [Fact]
    public Task A_scope_that_a_lambda_ends_is_not_flagged() => Checked(
        "var scope = new LifetimeScope(); Action end = () => scope.Dispose(); end();");

    private static Task Checked(string body, string signature = "void Test()", string members = "") =>
        Compiled.Method<UnendedScopeAnalyzer>(body, signature, members);
}
