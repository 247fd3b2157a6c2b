namespace LifetimeMonitor.TestHost.Chaos;

/// <summary>What a lane does at once. Its text tells what the seed chose.</summary>
internal interface IChaosStep
{
    /// <param name="tally">Takes what was seen.</param>
    /// <param name="name">What it is called when it fails: all that is needed to repeat it.</param>
    void Run(Tally tally, string name);
}

/// <summary>What all checks of an episode have in common.</summary>
/// <param name="Disturbance">What is made to go wrong.</param>
/// <param name="AllowsDumps">Whether a dump may be written.</param>
internal readonly record struct Conditions(Disturbance Disturbance, bool AllowsDumps);

/// <summary>What is made to go wrong in an episode.</summary>
internal enum Disturbance
{
    None,
    FailingCalls,
    KilledClones,
}
