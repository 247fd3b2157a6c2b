using TUnit.Assertions.Core;

namespace LifetimeMonitor.TUnit;

/// <summary>The assertion that an object was collected: <c>await Assert.That(monitor).IsCollected()</c>.</summary>
public sealed class CollectedAssertion : Assertion<LifeTimeMonitor>
{
    private readonly LifetimeOptions? _options;

    internal CollectedAssertion(AssertionContext<LifeTimeMonitor> context, LifetimeOptions? options)
        : base(context) => _options = options;

    /// <summary>Collects until the object is dead, and reports.</summary>
    /// <param name="metadata">The monitor.</param>
    /// <returns>Passed when the object is dead; the message of a failure is the report.</returns>
    protected override async Task<AssertionResult> CheckAsync(EvaluationMetadata<LifeTimeMonitor> metadata)
    {
        if (metadata.Exception is { } exception) return AssertionResult.Failed($"threw {exception.GetType().Name}", exception);
        if (metadata.Value is not { } monitor) return AssertionResult.Failed("the monitor is null");
        LifetimeReport report = await monitor.CheckAsync(_options).ConfigureAwait(true);
        return report.Passes ? AssertionResult.Passed : AssertionResult.Failed($"it is not:\n{report}\n");
    }

    /// <summary>What is expected.</summary>
    /// <returns>Words.</returns>
    protected override string GetExpectation() => "to be collected";
}
