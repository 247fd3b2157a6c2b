using LifetimeMonitoring.TestHost.Chaos.Leaks;
using LifetimeMonitoring.TestHost.Chaos.Loads;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>Some checks under one load, with one disturbance. The seed and the number determine all of it.</summary>
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

    /// <param name="mostChecks">The maximum number of checks.</param>
    /// <param name="isOver">Whether no step may begin any more.</param>
    /// <param name="tally">Collects the results.</param>
    public void Run(int mostChecks, Func<bool> isOver, Tally tally)
    {
        foreach (LoadElement load in _loads) load.Start();
        using CloneKiller? killer = _disturbance == Disturbance.KilledClones ? new CloneKiller(_random) : null;
        int checks = Math.Min(_checks, mostChecks);
        Lane[] lanes =
        [
            .. Enumerable.Range(0, _lanes)
                .Select(i =>
                    new Lane(
                        Name,
                        i,
                        (checks + _lanes - 1 - i) / _lanes,
                        RandomOf(i),
                        new Conditions(_disturbance, _loads.All(l => l.AllowsDumps)),
                        tally,
                        isOver))
        ];
        foreach (Lane lane in lanes) lane.Start();
        foreach (Lane lane in lanes) lane.Join();
        foreach (LoadElement load in _loads)
        {
            Watchdog.Begin(nameof(Episode), $"chaos {Name}, ending {load}");
            load.Stop();
        }

        Watchdog.End(nameof(Episode));
    }

    /// <summary>The load alone: shows whether the program survives it without our checks.</summary>
    public void RunLoad(TimeSpan time)
    {
        foreach (LoadElement load in _loads) load.Start();
        Thread.Sleep(time);
        foreach (LoadElement load in _loads) load.Stop();
    }

    public override string ToString() =>
        $"chaos {Name}: {_checks} checks in {_lanes} {(_lanes == 1 ? "lane" : "lanes")}" +
        $"{(_disturbance == Disturbance.None ? "" : $", {_disturbance}")}, beside {string.Join(", ", _loads)}";

    // The same in every run and version of .NET. Consecutive seeds begin alike there, so SplitMix64 mixes the bits.
    private Random RandomOf(int lane)
    {
        ulong bits = ((ulong)(uint)_seed << 32) + ((ulong)(uint)_number << 8) + (byte)lane;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return new Random((int)(bits >> 33));
    }
}
