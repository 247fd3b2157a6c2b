namespace LifetimeMonitoring.Specimens;

/// <summary>The runs of one specimen, compiled in one way.</summary>
internal sealed class Series(string kind, Specimen specimen, bool all)
{
    private readonly IReadOnlyList<string> _meant = specimen.Verdicts;
    private int _tests;

    public int Runs { get; private set; }

    public int Wrong { get; private set; }

    public async Task RunAsync(string results)
    {
        string output = await ChildProcess.DotnetAsync(Runner.Arguments(specimen.Assembly, results, all ? [] : Verdicts.Clean(_meant)));
        string trx = Path.Combine(results, Runner.Trx);
        IReadOnlyList<SpecimenResult> found = File.Exists(trx) ? Trx.Read(trx) : [];
        IReadOnlyList<string> differences = Verdicts.Differences(_meant, found, all);
        Runs++;
        _tests += found.Count;
        foreach (string attachment in found.SelectMany(f => f.Attachments).Where(Path.IsPathRooted))
            Directory.Delete(Path.GetDirectoryName(attachment)!, recursive: true);
        if (differences.Count == 0) return;
        Wrong++;
        Console.WriteLine($"{this}:\n{string.Join('\n', differences)}");
        if (found.Count == 0) Console.WriteLine(output);
    }

    public override string ToString() => $"{kind} {specimen.Name}: {Wrong} of {Runs} runs with {_tests} tests were not as meant";
}
