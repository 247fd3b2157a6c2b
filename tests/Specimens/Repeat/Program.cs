using System.Globalization;
using LifetimeMonitoring.Specimens;

// Repeat [all] RUNS [KIND...] [SPECIMEN...]: runs the specimens repeatedly and compares each test with its verdict. A
// test that fails and should not is a false alarm; a test that passes and should not is a missed leak. Both make the
// exit code 1. Without "all", only tests that should not fail are run, as far as the runner can select: the snapshots
// of others are slow. Build first, in Debug and in Release: dotnet build LifetimeMonitor.sln -c Debug
bool all = args is ["all", ..];
string[] rest = args[(all ? 1 : 0)..];
int runs = int.Parse(rest[0], CultureInfo.InvariantCulture);
string[] kinds = [.. Kind.All.Where(k => rest.Contains(k))], specimens = [.. rest[1..].Except(Kind.All)];

using var place = new WorkingPlace();
List<Series> series = [];
foreach (string kind in kinds.Length > 0 ? kinds : Kind.All)
{
    foreach (string specimen in specimens.Length > 0 ? specimens : Specimen.All())
        series.Add(new Series(kind, await place.PrepareAsync(specimen, kind), all));
}

// Round by round: if it is stopped, all have run about equally often.
for (int run = 1; run <= runs; run++)
{
    foreach (Series one in series) await one.RunAsync(place.NewDirectory());
    Console.WriteLine(
        $"{DateTime.Now:HH:mm:ss} {run} of {runs}: {series.Sum(s => s.Wrong)} of {series.Sum(s => s.Runs)} runs " +
        "were not as meant");
}

foreach (Series one in series) Console.WriteLine(one);
return series.Any(s => s.Wrong > 0) ? 1 : 0;
