namespace LifetimeMonitoring.TestHost.Chaos.Leaks;

/// <summary>Chooses a leak at random.</summary>
internal static class LeakMenu
{
    // A context takes up to ten rounds of collecting.
    private const int ContextsAreSeldom = 4;

    public static Leak Choose(Random random, int lane, bool maybeLocalOfCheck)
    {
        while (true)
        {
            Leak leak = random.Next(12) switch
            {
                0 or 1 => new StaticList(lane),
                2 => new Subscriber(lane),
                3 => new Handle(isPinned: random.Next(3) == 0),
                4 => new TimerCallback(),
                5 => new Attached(lane),
                6 => new AwaitingMethod(lane),
                7 => new HoldingThread(isLocal: true),
                8 => new HoldingThread(isLocal: false),
                9 when random.Next(ContextsAreSeldom) == 0 => new LoadContext(lane),
                9 => new StaticList(lane),
                _ => new LocalOfCheck(isInCatchBlock: random.Next(2) == 0),
            };
            if (maybeLocalOfCheck || !leak.IsLocalOfCheck) return leak;
        }
    }
}
