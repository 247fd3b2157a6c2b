namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>One step of a lane. Its text describes the choices of the seed.</summary>
internal interface IChaosStep
{
    /// <param name="tally">Collects the results.</param>
    /// <param name="name">The name in a failure: all information to repeat the step.</param>
    void Run(Tally tally, string name);
}

/// <summary>The common properties of all checks of an episode.</summary>
/// <param name="Disturbance">The disturbance.</param>
/// <param name="AllowsDumps">Whether a dump may be written.</param>
internal readonly record struct Conditions(Disturbance Disturbance, bool AllowsDumps);

/// <summary>The disturbance of an episode.</summary>
internal enum Disturbance
{
    None,
    FailingCalls,
    KilledClones,
}
