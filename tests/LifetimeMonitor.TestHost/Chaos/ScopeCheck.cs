using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.TestHost.Chaos.Leaks;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>
/// The end of a scope, chosen by the seed: several objects, some of them held, and one snapshot for all.
/// </summary>
internal sealed class ScopeCheck : IChaosStep
{
    private const int Most = 5;
    private readonly Leak[] _leaks;
    private readonly int _dead;
    private readonly bool _isAsync;
    private readonly bool _isDisturbed;
    private readonly LifetimeOptions _options;

    public ScopeCheck(Random random, int lane, Conditions conditions)
    {
        // Each lane has only one holder of each kind.
        _leaks =
        [
            .. Enumerable.Range(0, random.Next(1, Most))
                .Select(_ => LeakMenu.Choose(random, lane, maybeLocalOfCheck: false))
                .DistinctBy(l => l.GetType())
        ];
        _dead = random.Next(Most);
        _isAsync = random.Next(2) == 0;
        _options = OptionsMenu.Choose(random, conditions.AllowsDumps);
        _isDisturbed = conditions.Disturbance == Disturbance.KilledClones || OptionsMenu.IsHurried(_options);
    }

    public void Run(Tally tally, string name)
    {
        List<LifeTimeMonitor> monitors = [];
        try
        {
            var scope = new LifetimeScope(_options);
            foreach (Leak leak in _leaks) monitors.Add(leak.Make());
            for (int i = 0; i < _dead; i++) _ = LifeTimeMonitor.Track(() => new Leaked());
            var answer = Answer.OfAssertion(() =>
            {
                if (_isAsync) scope.DisposeAsync().AsTask().GetAwaiter().GetResult();
                else scope.Dispose();
            });
            Judge(answer, tally, name);
        }
        finally
        {
            foreach (Leak leak in _leaks) leak.LetGo();
        }

        foreach (LifetimeReport report in LifetimeCheck.Run([.. monitors.Select(m => m.Monitored)], LifetimeOptions.Default))
        {
            if (Chaos.Judge.OfDead(report) is { } alarm) tally.Fail($"{name}, let go of", alarm);
        }
    }

    public override string ToString() =>
        $"scope of {string.Join(", ", _leaks.AsEnumerable())} and {_dead} dead, " +
        $"{(_isAsync ? "asynchronous" : "synchronous")}, {OptionsMenu.Describe(_options)}";

    private void Judge(Answer answer, Tally tally, string name)
    {
        if (answer.Reports.Count != _leaks.Length)
        {
            tally.Fail(
                name,
                $"{_leaks.Length} are held, and {answer.Reports.Count} were said to be:\n" +
                $"{string.Join("\n\n", answer.Reports)}");
            return;
        }

        if (answer.Time.Late(
                answer.Reports[0],
                _options,
                _isAsync ? TimeSpan.FromMilliseconds(100) : TimeSpan.Zero) is { } late)
            tally.FailLate(name, late, answer);
        foreach ((Leak leak, LifetimeReport report) in _leaks.Zip(answer.Reports))
        {
            if (Chaos.Judge.OfHeld(report, leak.Expected, OptionsMenu.IsHurried(_options)) is { } complaint)
                tally.Fail($"{name}: {leak}", complaint);
            tally.CountCertainty(report, _isDisturbed);
        }
    }
}
