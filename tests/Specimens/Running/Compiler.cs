using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LifetimeMonitoring.Specimens;

/// <summary>The compiler's errors for a line in a project like a specimen.</summary>
internal static class Compiler
{
    /// <summary>The errors, each as its number and its text.</summary>
    /// <param name="specimen">
    /// The specimen, which has been built: the files beside it are the references of the project.
    /// </param>
    /// <param name="usings">The usings of the project.</param>
    /// <param name="line">A statement of a test method.</param>
    public static IEnumerable<string> Errors(string specimen, string usings, string line)
    {
        string code =
            $"{usings} using System; using System.Threading.Tasks; using LifetimeMonitoring; " +
            "public sealed class Dialog; " +
            $"public class Tests {{ public async Task Test() {{ await Task.Yield(); {line} }} }}";
        var compilation = CSharpCompilation.Create(
            "Refused",
            [CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.CSharp14))],
            References(Path.GetDirectoryName(specimen)!),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return compilation
            .GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => $"{d.Id}: {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
    }

    private static IEnumerable<MetadataReference> References(string directory) =>
        new[] { directory, Path.GetDirectoryName(typeof(object).Assembly.Location)! }
            .SelectMany(d => Directory.EnumerateFiles(d, "*.dll"))
            .DistinctBy(Path.GetFileName)
            .Select(f => MetadataReference.CreateFromFile(f));
}
