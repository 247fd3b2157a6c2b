namespace LifetimeMonitoring.Adapters;

/// <summary>How a test ended, for the check of its claim.</summary>
internal enum TestEnd
{
    /// <summary>The test itself passed.</summary>
    Passed = 0,

    /// <summary>The test has its own failure, which comes first.</summary>
    Failed = 1,

    /// <summary>The test was skipped or timed out, so its objects prove nothing.</summary>
    Unfinished = 2,
}
