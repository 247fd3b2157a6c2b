namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Chooses loads at random.</summary>
internal static class LoadMenu
{
    private const int Fewest = 1, Most = 6;

    // The soak does everything at once. Chosen more often, it would hide the other loads.
    private const int SoakIsSeldom = 8;

    private static readonly Func<Random, LoadElement>[] s_inAnyHeap =
    [
        r => new Allocations(r.Next(1, 4), r.Next(0, 5), r.Next(2) == 0 ? 1000 : 200_000),
        r => new Exceptions(r.Next(1, 4), r.Next(0, 5), r.Next(1, 30)),
        r => new LingeringFilters(r.Next(1, 5), r.Next(1, 30)),
        r => new NullDereferences(r.Next(1, 5), r.Next(0, 6), r.Next(2) == 0),
        r => new DivisionsByZero(r.Next(1, 3), r.Next(0, 6)),
        r => new KernelWaits(r.Next(1, 11), r.Next(1, 20)),
        r => new Collections(r.Next(1, 3), r.Next(2, 40)),
        r => new ContendedMonitors(r.Next(2, 6), r.Next(1, 4)),
        r => new Spinners(r.Next(1, 3)),
    ];

    private static readonly Func<Random, LoadElement>[] s_all =
    [
        .. s_inAnyHeap,
        r => new ManyObjects(r.Next(10_000, 1_500_000)),
        r => new AsyncExceptions(r.Next(1, 4), r.Next(0, 5)),
        r => new ChildProcesses(r.Next(1, 3), r.Next(0, 20)),
        r => new Timers(r.Next(1, 20), r.Next(1, 20)),
        r => new Signals(r.Next(1, 3), r.Next(2, 10)),
        r => new MadeCode(r.Next(1, 3), r.Next(0, 5), isContexts: false),
        r => new MadeCode(1, r.Next(0, 20), isContexts: true),
        r => new ThreadChurn(r.Next(1, 3), r.Next(0, 5), r.Next(1, 8)),
        r => new SlowFinalizers(r.Next(1, 200)),
        r => new Interruptions(r.Next(1, 5), r.Next(1, 10)),
        r => new BusyPool(r.Next(1, 12), r.Next(0, 6)),
        r => new Unstoppable(r.Next(1, 3), r.Next(1, 30)),
    ];

    public static IReadOnlyList<LoadElement> Choose(Random random)
    {
        if (NearlyFullHeap.HasLimit && random.Next(2) == 0) return [.. Some(random, s_inAnyHeap), new NearlyFullHeap(random.Next(60, 93))];
        return random.Next(SoakIsSeldom) == 0 ? [new SoakLoad(), .. Some(random, s_all).Take(1)] : Some(random, s_all);
    }

    private static List<LoadElement> Some(Random random, Func<Random, LoadElement>[] menu)
    {
        List<Func<Random, LoadElement>> left = [.. menu];
        var chosen = new List<LoadElement>();
        for (int count = random.Next(Fewest, Most + 1); count > 0; count--)
        {
            int index = random.Next(left.Count);
            chosen.Add(left[index](random));
            left.RemoveAt(index);
        }

        // With AVX-512, two signals during a null reference overflow the alternate stack of .NET's handler. That ends
        // the program even without our checks.
        if (chosen.Exists(l => l is NullDereferences)) _ = chosen.RemoveAll(l => l is Signals);
        return chosen;
    }
}
