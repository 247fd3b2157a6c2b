using Microsoft.CodeAnalysis;

namespace LifetimeMonitoring.Analyzers;

/// <summary>The identifiers, titles and messages of the rules. Each rule has a page in docs/analyzers.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor FactoryReturnsHeldObject = Warning(
        "LTM001",
        "A factory returns an object that lives elsewhere",
        "'{0}' keeps the object alive until the assertion, so this check can only fail: create the object inside the factory");

    public static readonly DiagnosticDescriptor LocalHoldsObject = Warning(
        "LTM002",
        "A local variable holds the object that is asserted dead",
        "'{0}' keeps the object alive to the end of the method in unoptimized code: create the object inside Track(() => …, use: …)");

    public static readonly DiagnosticDescriptor VariableIsGivenObject = Warning(
        "LTM003",
        "A variable that lives until the assertion is given the object",
        "'{0}' is given the object here and lives until the assertion, so this check can only fail");

    public static readonly DiagnosticDescriptor AssertionIsNotAwaited = Warning(
        "LTM004",
        "An asynchronous assertion is not awaited",
        "'{0}' is not awaited, so its failure fails no test");

    public static readonly DiagnosticDescriptor NothingAsksMonitor = Warning(
        "LTM005",
        "Nothing asks the monitor",
        "Nothing asks this monitor, and no scope surrounds it, so this test cannot fail by a leak: call AssertDead",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor NothingReadsReport = Warning(
        "LTM006",
        "Nothing reads the report",
        "'{0}' does not throw, and nothing reads its report: call '{1}'");

    public static readonly DiagnosticDescriptor NothingEndsScope = Warning(
        "LTM007",
        "Nothing ends the scope",
        "Nothing ends this scope, so it checks no object: write using, or call LifetimeScope.Run");

    public static readonly DiagnosticDescriptor AsyncLambdaIsRefused = Warning(
        "LTM008",
        "An async lambda is refused here",
        "'{0}' throws when it is given an async lambda: await '{1}'");

    public static readonly DiagnosticDescriptor LifetimeProvesNothing = Warning(
        "LTM009",
        "The lifetime of this object proves nothing",
        "The lifetime of {0} proves nothing: track an object that is made at run time");

    public static readonly DiagnosticDescriptor ConstraintIsGivenObject = Warning(
        "LTM010",
        "A constraint is given the object itself",
        "Is.Collected refuses the object itself, because the assertion would hold it: give it a factory or a monitor");

    public static readonly DiagnosticDescriptor TestIsNotWatched = Warning(
        "LTM011",
        "MSTest does not let the attribute watch this test",
        "[MustBeCollected] cannot check the tests of '{0}': write [LifetimeTestClass] on the class");

    public static readonly DiagnosticDescriptor AssertionIsInFinally = Info(
        "LTM012",
        "An assertion in finally hides the failure of the body",
        "A failure of '{0}' replaces the exception of the try block: assert after it, or use LifetimeScope.Run");

    public static readonly DiagnosticDescriptor AssertionIsSynchronous = Info(
        "LTM013",
        "A synchronous assertion in an async test",
        "'{0}' does not wait for the frames of completed async methods to leave the stack: await '{1}'");

    private static DiagnosticDescriptor Warning(string id, string title, string message, params string[] tags) =>
        Rule(id, title, message, DiagnosticSeverity.Warning, tags);

    private static DiagnosticDescriptor Info(string id, string title, string message) =>
        Rule(id, title, message, DiagnosticSeverity.Info, []);

#pragma warning disable RS1032, RS1033 // Messages follow the grammar of this project's other messages.
    private static DiagnosticDescriptor Rule(string id, string title, string message, DiagnosticSeverity severity, string[] tags) => new(
        id,
        title,
        message,
        "LifetimeMonitor",
        severity,
        isEnabledByDefault: true,
        helpLinkUri: $"https://github.com/LifetimeMonitor/LifetimeMonitor/blob/main/docs/analyzers/{id}.md",
        customTags: tags);
#pragma warning restore RS1032, RS1033
}
