namespace LifetimeMonitoring.Specimens;

/// <summary>A test project as <c>dotnet new</c> creates it, run by <c>dotnet test</c> in its directory.</summary>
/// <param name="name">The specimen.</param>
/// <param name="trxOptions">The options of its runner for a TRX; <c>{0}</c> is the name of the file.</param>
public abstract class DotnetTestSpecimen(string name, params string[] trxOptions) : SpecimenRun
{
    /// <summary>VSTest.</summary>
    protected static readonly string[] VSTest = ["--logger", "trx;LogFileName={0}"];

    /// <summary>
    /// The testing platform, selected by a <c>global.json</c>, with the options of Microsoft's extension.
    /// </summary>
    protected static readonly string[] TestingPlatform = ["--report-trx", "--report-trx-filename", "{0}"];

    protected override async Task<string> RunAsync(string results)
    {
        string assembly = Specimen(name);
        string framework = Path.GetDirectoryName(assembly)!;
        string configuration = Path.GetDirectoryName(framework)!;
        string project = Path.GetFullPath(Path.Combine(configuration, "..", ".."));
        return await ChildProcess.DotnetInAsync(
            project,
            [
                "test",
                "--no-build",
                "--configuration",
                Path.GetFileName(configuration),
                "--results-directory",
                results,
                .. trxOptions.Select(o => o.Replace("{0}", Runner.Trx, StringComparison.Ordinal)),
            ]);
    }
}
