using LifetimeMonitoring.Adapters;
using LifetimeMonitoring.Reports;
using TUnit.Assertions.Core;

namespace LifetimeMonitoring.TUnit;

/// <summary>
/// The assertion that an object was collected, or was not: <c>await Assert.That(monitor).IsCollected()</c>.
/// </summary>
/// <typeparam name="T">The watcher of the object: a <see cref="LifeTimeMonitor"/>, or a weak reference.</typeparam>
public sealed class CollectedAssertion<T> : Assertion<T>
    where T : class
{
    private readonly bool _isExpected;
    private readonly LifetimeOptions? _options;

    internal CollectedAssertion(AssertionContext<T> context, bool isExpected, LifetimeOptions? options = null)
        : base(context) => (_isExpected, _options) = (isExpected, options);

    /// <summary>Collects until the object is dead, and reports.</summary>
    /// <param name="metadata">The monitor or weak reference.</param>
    /// <returns>Passed when the object is as expected. The message of a failure is the report.</returns>
    protected override async Task<AssertionResult> CheckAsync(EvaluationMetadata<T> metadata)
    {
        if (metadata.Exception is { } exception)
            return AssertionResult.Failed($"threw {exception.GetType().Name}", exception);
        if (metadata.Value is null || Suspect.Given(metadata.Value) is not { } suspect)
            return AssertionResult.Failed("there is nothing that watches it");
        if (!_isExpected) return CheckAlive(suspect);
        LifetimeReport report = await suspect.CheckAsync(_options ?? LifetimeOptions.Default).ConfigureAwait(true);
        return report.Passes ? AssertionResult.Passed : AssertionResult.Failed($"it is not:\n{report}\n");
    }

    /// <summary>The expectation.</summary>
    /// <returns>The words for the message.</returns>
    protected override string GetExpectation() => _isExpected ? "to be collected" : "not to be collected";

    private static AssertionResult CheckAlive(Suspect suspect)
    {
        try
        {
            suspect.RequireAlive();
            return AssertionResult.Passed;
        }
        catch (ObjectNotAliveException dead)
        {
            return AssertionResult.Failed($"it is:\n{dead.Message}\n");
        }
    }
}
