using System.Globalization;
using Spectre.Console;

namespace LifetimeMonitoring.Benchmarks.Ratios;

/// <summary>
/// The comparisons of the design, in fresh processes, ours and theirs in turn, over several rounds. Prints a table of
/// the medians and reports missed targets.
/// </summary>
internal static class RatioTable
{
    private const int Rounds = 3, Small = 0, Medium = 800_000, Large = 2_000_000, Huge = 10_000_000;

    public static int Run(bool quick)
    {
        var rows = new List<Comparison>();
        Comparison passing = Add("passing AssertDead, 800,000 live objects", "Collect + Wait + Collect", 1.0 / 50);
        Comparison first = Add("first failure in a process, small heap", "textbook, fresh process", 0.4);
        Comparison later = Add("later failures, small heap", "textbook, warm", 0.05);
        Comparison nearest = Add("later failures, small heap, nearest path only", "textbook, warm", null);
        bool hasGcDump = !quick && GcDump.Install();
        Comparison gcDump = Add("later failures, small heap", "dotnet-gcdump", 1.0 / 20);
        Comparison gcDumpLarge = Add("failing check, 2,000,000 objects", "dotnet-gcdump", 1.0 / 20);

        for (int round = 0; round < Rounds; round++)
        {
            Take(passing, WorkerProcess.Measure("pass", "arrays", Medium, "far"), "ours", "theirs");
            first.Ours.Add(WorkerProcess.Measure("first-ours", "dictionary", Small, "far")["ours"]);
            first.Theirs.Add(WorkerProcess.Measure("first-theirs", "dictionary", Small, "far")["theirs"]);
            Dictionary<string, double> ours = WorkerProcess.Measure("ours", "dictionary", Small, "far");
            Dictionary<string, double> theirs = WorkerProcess.Measure("theirs", "dictionary", Small, "far");
            foreach (Comparison row in new[] { later, nearest }) row.Theirs.Add(theirs["theirs"]);
            later.Ours.Add(ours["ours"]);
            nearest.Ours.Add(ours["ours-nearest"]);
            if (!hasGcDump) continue;
            gcDump.Ours.Add(ours["ours"]);
            gcDump.Theirs.Add(GcDump.Measure("dictionary", Small));
            gcDumpLarge.Ours.Add(WorkerProcess.Measure("ours", "dictionary", Large, "far")["ours"]);
            gcDumpLarge.Theirs.Add(GcDump.Measure("dictionary", Large));
        }

        if (!quick) GcDump.Remove();
        Search(Huge, "dictionary", "far", 0.8);
        Search(Huge, "dictionary", "stack", 0.8);
        Search(Large, "dictionary", "far", 1.3);
        Search(Large, "dictionary", "near", null);
        foreach (string shape in Heaps.Shapes) Search(Large, shape, "stack", 1.3);
        Search(Medium, "dictionary", "far", null);

        Comparison whole = Add(
            "whole failing check, 10,000,000 objects, warm", "Collect + Wait + Collect + textbook, warm", 0.1);
        Comparison same = Add("the same, nearest path only", "Collect + Wait + Collect + textbook, warm", null);
        for (int round = 0; round < (quick ? 1 : Rounds); round++)
        {
            Dictionary<string, double> ours = WorkerProcess.Measure("ours", "dictionary", Huge, "far");
            Dictionary<string, double> theirs = WorkerProcess.Measure("theirs", "dictionary", Huge, "far");
            whole.Ours.Add(ours["ours"]);
            same.Ours.Add(ours["ours-nearest"]);
            foreach (Comparison row in new[] { whole, same })
                row.Theirs.Add(theirs["theirs"] + theirs["theirs-collect"]);
        }

        Print(rows.Where(r => r.Ours.Count > 0));
        AnsiConsole.MarkupLine(
            Invariant($"A page that is touched for the first time takes {PageFault.Microseconds():0.00} µs here."));
        if (!hasGcDump) AnsiConsole.MarkupLine("dotnet-gcdump was not installed: not compared.");
        return rows.Exists(r => r.Ours.Count > 0 && r.IsMissed) ? 1 : 0;

        Comparison Add(string what, string against, double? target, string unit = "ms")
        {
            rows.Add(new Comparison(what, against, target, unit));
            return rows[^1];
        }

        void Search(int objects, string shape, string place, double? target)
        {
            string name = $"{objects:N0} objects ({shape}, {(place == "stack" ? "only on a stack" : place)})";
            Comparison time = Add($"search, {name}", "one full blocking collection", target);
            Comparison after = Add("  the same", "the first full collection after a clone", null);
            Comparison own = Add(
                "  growth of our own process in it",
                "the live heap",
                objects >= Large && place != "near" ? 0.02 : null,
                "MB");
            Comparison child = Add("  growth of the clone in it", "the live heap", objects >= Large ? 0.5 : null, "MB");
            for (int round = 0; round < (quick || target is null ? 1 : Rounds); round++)
            {
                Dictionary<string, double> seen = WorkerProcess.Measure("search", shape, objects, place);
                Take(time, seen, "ours", "gc");
                Take(after, seen, "ours", "gc-after-clone");
                Take(own, seen, "own", "live");
                Take(child, seen, "child", "live");
            }
        }
    }

    private static void Take(Comparison row, Dictionary<string, double> seen, string ours, string theirs)
    {
        double scale = row.Unit == "MB" ? 1e-6 : 1;
        row.Ours.Add(seen[ours] * scale);
        row.Theirs.Add(seen[theirs] * scale);
    }

    private static void Print(IEnumerable<Comparison> rows)
    {
        var table = new Table().Border(TableBorder.Markdown)
            .AddColumns("what", "against", "ours", "theirs", "ratio", "target", "");
        foreach (Comparison row in rows)
        {
            table.AddRow(
                row.What,
                row.Against,
                Invariant($"{row.OursMedian:0.###} {row.Unit}"),
                Invariant($"{row.TheirsMedian:0.###} {row.Unit}"),
                Invariant($"{row.Ratio:0.####}"),
                row.Target is { } target ? Invariant($"≤ {target:0.###}") : "",
                row.Target is null ? "" : row.IsMissed ? "missed" : "met");
        }

        AnsiConsole.Profile.Width = 240;
        AnsiConsole.Write(table);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
