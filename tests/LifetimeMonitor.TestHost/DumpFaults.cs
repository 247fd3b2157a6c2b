using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// As <see cref="Faults"/>, for dumps: each file operation fails in turn until none is left, and dumps are damaged. The
/// next sweep deletes the files whose deletion failed.
/// </summary>
internal sealed class DumpFaults
{
    private const int Holes = 16;
    private const string OfAProcessThatIsGone = "lifetimemonitor-2147483647-20000101000000-abcdefgh.ijk";
    private static readonly LifetimeOptions s_options = new() { TimeBudget = TimeSpan.FromSeconds(30), Snapshots = [SnapshotKind.Dump] };
    private static readonly (string Name, Func<string, Exception> Failure)[] s_failures =
    [
        ("IOException", path => new IOException($"Input/output error : '{path}'")),
        ("UnauthorizedAccessException", path => new UnauthorizedAccessException($"Access to the path '{path}' is denied.")),
    ];

    private readonly string _parent = Directory.CreateTempSubdirectory("dump-faults-").FullName;
    private readonly Trials _trials;

    private DumpFaults() => _trials = new Trials(
        s_options.TimeBudget,
        IsClean,
        () => $"{string.Join(", ", Left())}, {Leftovers.Describe()}");

    public static int Run()
    {
        var faults = new DumpFaults();
        int files = 0;
        foreach ((string name, Func<string, Exception> failure) in s_failures)
        {
            foreach (bool forGood in new[] { false, true })
            {
                faults.FailInTurn(name, failure, forGood);
                if (files == 0) files = Leftovers.Files();
            }
        }

        faults.Spoil("empty", file => Truncate(file, _ => 0));
        faults.Spoil("cut off after its header", file => Truncate(file, _ => 64));
        for (int part = 1; part < 8; part++)
            faults.Spoil($"cut off after {part} of 8 parts", file => Truncate(file, length => length * part / 8));
        faults.Spoil("cut off at its end", file => Truncate(file, length => length - 4096));
        faults.Spoil("gone", File.Delete);
        int more = Leftovers.Files() - files;
        // The runtime's debugging component may crash on it, once in a process.
        for (int part = 0; part < Holes && !CrashGuard.IsComponentLost; part++)
            faults.Spoil($"zero in part {part}", file => Zero(file, part));
        Directory.Delete(faults._parent, recursive: true);
        Console.WriteLine(
            $"{faults._trials.Made} faults, {faults._trials.Wrong} wrong, {faults._trials.Unsure} without an " +
            $"exact path; {more} more descriptors");
        return faults._trials.Wrong == 0 && more <= 2 ? 0 : 1;
    }

    private void FailInTurn(string name, Func<string, Exception> failure, bool forGood)
    {
        for (int nth = 1; ; nth++)
        {
            var files = new FaultyDumpFiles(nth, forGood, failure);
            Try($"{name} in call {nth}{(forGood ? " and after" : "")}", files);
            if (!files.WasHit) return;
        }
    }

    private void Spoil(string how, Action<string> spoil) =>
        Try($"a dump that is {how}", new FaultyDumpFiles(0, forGood: false, s_failures[0].Failure) { Spoil = spoil });

    private static void Truncate(string file, Func<long, long> to)
    {
        using var dump = new FileStream(file, FileMode.Open);
        dump.SetLength(to(dump.Length));
    }

    private static void Zero(string file, int part)
    {
        using var dump = new FileStream(file, FileMode.Open);
        long from = Math.Max(4096, dump.Length * part / Holes); // its header stays
        dump.Position = from;
        dump.Write(new byte[dump.Length / Holes]);
    }

    private void Try(string what, FaultyDumpFiles files)
    {
        _ = Directory.CreateDirectory(Path.Combine(_parent, OfAProcessThatIsGone));
        var dumps = new DumpDirectory(_parent, files);
        _trials.Try(what, () => Check(what, dumps, files), Faults.IsFromTheList);
    }

    private LifetimeReport Check(string what, DumpDirectory dumps, FaultyDumpFiles files)
    {
        LifetimeReport report = LifetimeCheck.Run(
            [Holder.LeakThroughList().Monitored],
            s_options,
            new Diagnoser(new SnapshotLadder(linux: null, dumps)))[0];
        Console.WriteLine($"{what}: {report.Certainty} {report.Reason}");
        if (!files.KeptSomething
            && Directory.GetDirectories(_parent).Any(d => Path.GetFileName(d) != OfAProcessThatIsGone))
            _trials.Fail($"{what}: a dump was left, and nothing kept it from being deleted");
        files.Heal();
        dumps.Sweep();
        return report;
    }

    // A deleted file that is still open uses as much of the disk as before. Only a crashed thread keeps one open.
    private bool IsClean() => Leftovers.IsNothing() && !Left().Any();

    private IEnumerable<string> Left() =>
    [
        .. Directory.GetFileSystemEntries(_parent),
        .. Leftovers.OpenFiles().Where(f => f.StartsWith(_parent, StringComparison.Ordinal) && !CrashGuard.IsComponentLost),
    ];
}
