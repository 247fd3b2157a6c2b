namespace LifetimeMonitor.TestHost.Chaos;

/// <summary>What a lane does at once. Its text tells what the seed chose.</summary>
internal interface IChaosStep
{
    /// <param name="tally">Takes what was seen.</param>
    /// <param name="name">What it is called when it fails: all that is needed to repeat it.</param>
    void Run(Tally tally, string name);
}

/// <summary>What is made to go wrong in an episode.</summary>
internal enum Disturbance
{
    None,
    FailingCalls,
    KilledClones,
}
