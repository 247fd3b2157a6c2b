using System.Text;
using LifetimeMonitor.TruthTable;

Console.OutputEncoding = Encoding.UTF8;
// Texts are compared, not times: on a starved machine nothing is to be left out for want of time.
LifetimeOptions.Default = new LifetimeOptions { TimeBudget = TimeSpan.FromMinutes(2) };
return args switch
{
    ["markdown"] => Print(),
    ["check", var file] => Check(file),
    ["verdicts"] => CheckVerdicts(),
    ["row", .. var name] when name.Length > 0 => Show(string.Join(' ', name)),
    _ => Usage(),
};

static int Print()
{
    Console.Write(Markdown.Document(Table.Rows.Select(Outcome.Of)));
    return 0;
}

static int Check(string file)
{
    if (!File.Exists(file))
    {
        Console.WriteLine($"{file} does not exist: make it with `markdown`.");
        return 1;
    }

    Outcome[] outcomes = [.. Table.Rows.Select(Outcome.Of)];
    string[] notCompared = [.. Table.Rows.Where(r => r.TextSince > Environment.Version.Major).Select(r => r.Name)];
    string[] complaints =
    [
        .. Difference.Between(File.ReadAllText(file), Markdown.Document(outcomes)).Where(d => !notCompared.Contains(d[..d.IndexOf('\n', StringComparison.Ordinal)])),
        .. outcomes.Where(o => !o.TwinIsDead).Select(o => $"{o.Row.Name}: mended, and not dead.\n{o.Mended}"),
    ];
    if (complaints.Length > 0) Console.WriteLine(string.Join("\n\n", complaints));
    int others = complaints.DistinctBy(c => c.Split('\n', ':')[0]).Count();
    Console.WriteLine(others == 0
        ? $"{outcomes.Length} rows as approved."
        : $"{outcomes.Length - others} of {outcomes.Length} rows as approved.");
    return others == 0 ? 0 : 1;
}

// Where the runtime hides handles the paths may be others, and must say that they are partial.
static int CheckVerdicts()
{
    Outcome[] outcomes = [.. Table.Rows.Select(Outcome.Of)];
    string[] complaints =
    [
        .. outcomes.Where(o => o.Leak.Verdict is LifetimeVerdict.Dead or LifetimeVerdict.Inconclusive).Select(o => $"{o.Row.Name}: leaked, and {o.Leak.Verdict}.\n{o.Leak}"),
        .. outcomes.Where(o => o.Leak.Certainty != PathCertainty.Partial).Select(o => $"{o.Row.Name}: not said to be partial.\n{o.Leak}"),
        .. outcomes.Where(o => !o.TwinIsDead).Select(o => $"{o.Row.Name}: mended, and not dead.\n{o.Mended}"),
    ];
    Console.WriteLine(complaints.Length == 0 ? $"{outcomes.Length} verdicts as expected, every path partial." : string.Join("\n\n", complaints));
    return complaints.Length == 0 ? 0 : 1;
}

static int Show(string name)
{
    Row? row = Table.Rows.FirstOrDefault(r => r.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || r.Code == name);
    if (row is null)
    {
        Console.WriteLine($"There is no row '{name}'. The rows are:\n{string.Join('\n', Table.Rows.Select(r => r.Name))}");
        return 1;
    }

    Outcome outcome = Outcome.Of(row);
    Console.WriteLine($"{outcome.Leak}\n\nMended: {outcome.Mended}");
    return outcome.TwinIsDead ? 0 : 1;
}

static int Usage()
{
    Console.WriteLine("markdown | check FILE | verdicts | row NAME");
    return 64;
}
