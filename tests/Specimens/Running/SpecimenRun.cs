using System.Reflection;

namespace LifetimeMonitoring.Specimens;

/// <summary>One run of a test program by its real runner, and the results the runner wrote (TRX).</summary>
public abstract class SpecimenRun : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lifetimemonitor-specimen-").FullName;
    private Dictionary<string, SpecimenResult> _results = [];

    /// <summary>The output of the runner, with <c>\n</c> between the lines.</summary>
    internal string Console { get; private set; } = "";

    internal IEnumerable<SpecimenResult> All => _results.Values;

    /// <summary>Runs the program.</summary>
    /// <param name="results">The directory for the results.</param>
    /// <returns>The output of the program.</returns>
    protected abstract Task<string> RunAsync(string results);

    public async ValueTask InitializeAsync()
    {
        Console = (await RunAsync(_directory)).ReplaceLineEndings("\n");
        string trx = Report(Runner.Trx);
        Assert.True(File.Exists(trx), Console);
        _results = Trx.Read(trx).ToDictionary(r => r.Name);
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
        _results.TryGetValue(test, out SpecimenResult? result)
            ? result
            : throw new ArgumentException($"No such test among: {string.Join(", ", _results.Keys)}");

    /// <summary>A file that the runner wrote.</summary>
    internal string Report(string name) => Path.Combine(_directory, name);

    internal IEnumerable<SpecimenResult> Of(string @class) =>
        _results.Values.Where(r => r.Name.StartsWith(@class + '.', StringComparison.Ordinal));

    /// <summary>The path of a specimen, as the project file of the tests gives it.</summary>
    protected static string Specimen(string key) =>
        typeof(SpecimenRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
