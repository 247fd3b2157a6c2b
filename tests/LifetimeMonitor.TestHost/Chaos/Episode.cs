using LifetimeMonitor.TestHost.Chaos.Leaks;
using LifetimeMonitor.TestHost.Chaos.Loads;

namespace LifetimeMonitor.TestHost.Chaos;

/// <summary>Some checks beside one load, and with one thing that is made to go wrong. All of it follows from the seed and the number.</summary>
internal sealed class Episode
{
    private const int FewestChecks = 10, MostChecks = 40;
    private readonly int _seed, _number, _checks, _lanes;
    private readonly Disturbance _disturbance;
    private readonly IReadOnlyList<LoadElement> _loads;
    private readonly Random _random;

    public Episode(int seed, int number)
    {
        (_seed, _number) = (seed, number);
        _random = RandomOf(lane: -1);
        _checks = _random.Next(FewestChecks, MostChecks);
        _lanes = _random.Next(3) < 2 ? 1 : _random.Next(2, Leak.Lanes + 1);
        _disturbance = _random.Next(10) switch
        {
            < 6 => Disturbance.None,
            < 8 => Disturbance.FailingCalls,
            _ => Disturbance.KilledClones,
        };
        _loads = LoadMenu.Choose(_random);
    }

    private string Name => $"{_seed}@{_number}";

    /// <param name="mostChecks">The most it may make.</param>
    /// <param name="isOver">Nothing more is to be begun.</param>
    /// <param name="tally">Takes what was seen.</param>
    public void Run(int mostChecks, Func<bool> isOver, Tally tally)
    {
        foreach (LoadElement load in _loads) load.Start();
        using CloneKiller? killer = _disturbance == Disturbance.KilledClones ? new CloneKiller(_random) : null;
        int checks = Math.Min(_checks, mostChecks);
        Lane[] lanes = [.. Enumerable.Range(0, _lanes).Select(i => new Lane(Name, i, (checks + _lanes - 1 - i) / _lanes, RandomOf(i), new Conditions(_disturbance, _loads.All(l => l.AllowsDumps)), tally, isOver))];
        foreach (Lane lane in lanes) lane.Start();
        foreach (Lane lane in lanes) lane.Join();
        foreach (LoadElement load in _loads)
        {
            Watchdog.Begin(nameof(Episode), $"chaos {Name}, ending {load}");
            load.Stop();
        }

        Watchdog.End(nameof(Episode));
    }

    /// <summary>The load alone: whether the program bears it without us.</summary>
    public void RunLoad(TimeSpan time)
    {
        foreach (LoadElement load in _loads) load.Start();
        Thread.Sleep(time);
        foreach (LoadElement load in _loads) load.Stop();
    }

    public override string ToString() =>
        $"chaos {Name}: {_checks} checks in {_lanes} {(_lanes == 1 ? "lane" : "lanes")}{(_disturbance == Disturbance.None ? "" : $", {_disturbance}")}, beside {string.Join(", ", _loads)}";

    // The same on every run and every version of .NET. Seeds that follow each other begin alike there, so the bits are mixed (SplitMix64).
    private Random RandomOf(int lane)
    {
        ulong bits = ((ulong)(uint)_seed << 32) + ((ulong)(uint)_number << 8) + (byte)lane;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return new Random((int)(bits >> 33));
    }
}
