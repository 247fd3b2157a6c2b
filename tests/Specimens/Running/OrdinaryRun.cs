namespace LifetimeMonitoring.Specimens;

/// <summary>A specimen, run once by the runner of its framework.</summary>
/// <param name="name">The specimen.</param>
public abstract class OrdinaryRun(string name) : SpecimenRun
{
    /// <summary>The program in the build output.</summary>
    internal string Assembly => Specimen(name);

    /// <summary>The differences from the intended outcomes of its tests.</summary>
    internal IReadOnlyList<string> Differences() => Verdicts.Differences(
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(Assembly)!, "..", "..", "..", Verdicts.FileName)),
        All,
        all: true);

    protected override async Task<string> RunAsync(string results) =>
        await ChildProcess.DotnetAsync([.. Runner.Arguments(Assembly, results, tests: []), .. Runner.OtherReports(Assembly, results)]);
}
