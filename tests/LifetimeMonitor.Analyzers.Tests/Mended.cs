using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace LifetimeMonitoring.Analyzers.Tests;

/// <summary>Applies a fix to the marked mistake and compares the code. Null stands for a mistake that has no fix.</summary>
internal static class Mended
{
    /// <summary>Mends the body of a method of a test class.</summary>
    public static Task Method<TAnalyzer, TFix>(string before, string? after, string signature = "void Test()")
        where TAnalyzer : LifetimeAnalyzer, new()
        where TFix : CodeFixProvider, new() => File<TAnalyzer, TFix>(
            InMethod(before, signature), after is null ? null : InMethod(after, signature));

    public static Task File<TAnalyzer, TFix>(string before, string? after)
        where TAnalyzer : LifetimeAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier> test = Compiled.Verify(new CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>(), before);
        test.FixedState.Sources.Add(Compiled.Whole(after ?? before));
        if (after is null)
        {
            test.FixedState.InheritanceMode = StateInheritanceMode.AutoInherit;
            test.FixedState.MarkupHandling = MarkupMode.Allow;
        }

        return test.RunAsync();
    }

    private static string InMethod(string body, string signature) => $$"""
        class Tests
        {
            public {{signature}}
            {
                {{body.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }
        }
        """;
}
