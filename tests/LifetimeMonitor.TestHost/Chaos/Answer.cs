namespace LifetimeMonitor.TestHost.Chaos;

/// <summary>What a check said.</summary>
/// <param name="Reports">The reports of those that are alive; for a form that reports of the dead, too, of all.</param>
internal sealed record Answer(IReadOnlyList<LifetimeReport> Reports)
{
    public static Answer Passed { get; } = new([]);

    /// <summary>The only one; null where an assertion passed.</summary>
    public LifetimeReport? Report => Reports.Count > 0 ? Reports[0] : null;

    /// <summary>Says in the same way what an assertion says with an exception, and by returning.</summary>
    public static Answer Of(Action assertion)
    {
        try
        {
            assertion();
            return Passed;
        }
        catch (ObjectNotDeadException e)
        {
            return new Answer(e.Reports);
        }
    }
}
