using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace LifetimeMonitoring.Analyzers.Tests;

/// <summary>
/// Code of a test project, with the real assemblies of the library and of three test frameworks, and the diagnostics
/// that it marks: [|…|].
/// </summary>
internal static class Compiled
{
    private const string Surroundings = """

        class Dialog : System.IDisposable
        {
            public Dialog(object? owner = null) { }
            public event System.EventHandler? Closed;
            public int Count;
            public Dialog? Child;
            public string Title { get; set; } = "";
            public void Open() => Closed?.Invoke(this, System.EventArgs.Empty);
            public void Close() { }
            public void Dispose() { }
            public System.Threading.Tasks.Task CloseAsync() => System.Threading.Tasks.Task.CompletedTask;
            public static bool TryMake(out Dialog dialog) { dialog = new Dialog(); return true; }
            public static System.Threading.Tasks.Task<Dialog> LoadAsync() => System.Threading.Tasks.Task.FromResult(new Dialog());
        }
        """;

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using LifetimeMonitoring;
        using LifetimeMonitoring.Reports;

        """;

    private static readonly MetadataReference[] s_framework = [.. Directory
        .EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
        .Where(f => Path.GetFileName(f) is "mscorlib.dll" or "netstandard.dll" || Path.GetFileName(f).StartsWith("System.", StringComparison.Ordinal))
        .Where(IsManaged)
        .Select(f => MetadataReference.CreateFromFile(f))];

    private static readonly MetadataReference[] s_library = [.. new[]
    {
        typeof(LifeTimeMonitor), typeof(XunitV3.LifetimeAssert), typeof(FactAttribute), typeof(Xunit.Assert),
        typeof(NUnit.CollectedConstraint), typeof(global::NUnit.Framework.TestAttribute),
        typeof(MSTest.MustBeCollectedAttribute), typeof(Microsoft.VisualStudio.TestTools.UnitTesting.TestClassAttribute),
    }.Select(t => MetadataReference.CreateFromFile(t.Assembly.Location))];

    /// <summary>Runs a rule over the body of a method of a test class.</summary>
    public static Task Method<TAnalyzer>(string body, string signature = "void Test()", string members = "")
        where TAnalyzer : LifetimeAnalyzer, new() => File<TAnalyzer>($$"""
        class Tests
        {
            {{members}}
            public {{signature}}
            {
                {{body}}
            }
        }
        """);

    /// <summary>The same for a whole file.</summary>
    public static Task File<TAnalyzer>(string code)
        where TAnalyzer : LifetimeAnalyzer, new() => Verify(new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>(), code).RunAsync();

    public static T Verify<T>(T test, string code)
        where T : AnalyzerTest<DefaultVerifier>
    {
        test.TestState.Sources.Add(Usings + code + Surroundings);
        return Prepared(test);
    }

    public static string Whole(string code) => Usings + code + Surroundings;

    /// <summary>A test with the framework, and without the library where <paramref name="library"/> is false.</summary>
    public static T Prepared<T>(T test, bool library = true)
        where T : AnalyzerTest<DefaultVerifier>
    {
        test.ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        test.CompilerDiagnostics = CompilerDiagnostics.Errors;
        test.TestState.AdditionalReferences.AddRange(s_framework);
        if (library) test.TestState.AdditionalReferences.AddRange(s_library);
        test.SolutionTransforms.Add((solution, id) => solution
            .WithProjectParseOptions(id, new CSharpParseOptions(LanguageVersion.CSharp14))
            .WithProjectCompilationOptions(id, new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)));
        return test;
    }

    private static bool IsManaged(string file)
    {
        try
        {
            _ = AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
