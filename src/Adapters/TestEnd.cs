namespace LifetimeMonitor.Adapters;

/// <summary>How a test ended, as far as its claim is concerned.</summary>
internal enum TestEnd
{
    /// <summary>The test itself is content.</summary>
    Passed = 0,

    /// <summary>It has a failure of its own, which comes first.</summary>
    Failed = 1,

    /// <summary>It stopped where it was, skipped or out of time: what it left there proves nothing.</summary>
    Unfinished = 2,
}
