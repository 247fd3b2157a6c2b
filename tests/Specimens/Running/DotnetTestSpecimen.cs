namespace LifetimeMonitor.Specimens;

/// <summary>A test project as <c>dotnet new</c> makes it, run as its author runs it: by <c>dotnet test</c> where it lies.</summary>
/// <param name="name">The specimen.</param>
/// <param name="trxOptions">What its runner calls the option for a TRX, <c>{0}</c> being the name of the file.</param>
public abstract class DotnetTestSpecimen(string name, params string[] trxOptions) : SpecimenRun
{
    /// <summary>VSTest.</summary>
    protected static readonly string[] VSTest = ["--logger", "trx;LogFileName={0}"];

    /// <summary>The testing platform, which a <c>global.json</c> beside the project asks for, with the options of Microsoft's extension.</summary>
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
