using System.Reflection;
using System.Xml.Linq;

namespace LifetimeMonitor.Specimens;

/// <summary>One run of a test program by its real runner, and the results the runner wrote (TRX).</summary>
public abstract class SpecimenRun : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lifetimemonitor-specimen-").FullName;
    private Dictionary<string, SpecimenResult> _results = [];

    /// <summary>Runs the program.</summary>
    /// <param name="trx">Where the results are to be written.</param>
    /// <returns>What it printed.</returns>
    protected abstract Task<string> RunAsync(string trx);

    public async ValueTask InitializeAsync()
    {
        string trx = Path.Combine(_directory, "results.trx");
        string output = await RunAsync(trx);
        Assert.True(File.Exists(trx), output);
        _results = XDocument.Load(trx).Descendants().Where(e => e.Name.LocalName == "UnitTestResult").Select(Read).ToDictionary(r => r.Name);
    }

    public ValueTask DisposeAsync()
    {
        // xunit's own runner leaves attachments in a temporary directory each.
        foreach (string file in _results.Values.SelectMany(r => r.Attachments).Where(Path.IsPathRooted))
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
        return default;
    }

    /// <summary>The result of a test, given as class and method.</summary>
    internal SpecimenResult this[string test] =>
        _results.TryGetValue(test, out SpecimenResult? result) ? result : throw new ArgumentException($"No such test among: {string.Join(", ", _results.Keys)}");

    internal IEnumerable<SpecimenResult> Of(string @class) => _results.Values.Where(r => r.Name.StartsWith(@class + '.', StringComparison.Ordinal));

    /// <summary>The path of a specimen, as the project file of the tests gives it.</summary>
    protected static string Specimen(string key) =>
        typeof(SpecimenRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    /// <summary>The name of a test in the TRX, as class and method.</summary>
    protected virtual string ShortName(XElement result) => result.Attribute("testName")!.Value;

    /// <summary>The same for a runner that splits the name: the method is in the result, its class in the definition.</summary>
    protected static string ClassAndMethod(XElement result)
    {
        XElement definition = result.Document!.Descendants().Single(e =>
            e.Name.LocalName == "UnitTest" && e.Attribute("id")!.Value == result.Attribute("testId")!.Value);
        string @class = definition.Elements().Single(e => e.Name.LocalName == "TestMethod").Attribute("className")!.Value;
        return $"{@class[(@class.LastIndexOf('.') + 1)..]}.{result.Attribute("testName")!.Value}";
    }

    private SpecimenResult Read(XElement result)
    {
        string message = TextOf(result, "ErrorInfo", "Message");
        return new SpecimenResult(
            ShortName(result),
            result.Attribute("outcome")!.Value,
            message.ReplaceLineEndings("\n"),
            (TextOf(result, "Output", "StdOut") + TextOf(result, "TextMessages", "Message")).ReplaceLineEndings("\n"),
            [.. result.Descendants().Where(e => e.Name.LocalName == "ResultFile").Select(e => e.Attribute("path")!.Value)]);
    }

    private static string TextOf(XElement result, string parent, string child) =>
        result.Descendants().FirstOrDefault(e => e.Name.LocalName == child && e.Parent!.Name.LocalName == parent)?.Value ?? "";
}
