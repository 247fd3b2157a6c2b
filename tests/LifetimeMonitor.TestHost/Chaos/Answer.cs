namespace LifetimeMonitor.TestHost.Chaos;

/// <summary>What a check said.</summary>
/// <param name="Reports">The reports of those that are alive; for a form that reports of the dead, too, of all.</param>
/// <param name="Time">The time it took.</param>
internal sealed record Answer(IReadOnlyList<LifetimeReport> Reports, CheckTime Time)
{
    /// <summary>The only one; null where an assertion passed.</summary>
    public LifetimeReport? Report => Reports.Count > 0 ? Reports[0] : null;

    public static Answer Of(Func<IReadOnlyList<LifetimeReport>> check)
    {
        var time = CheckTime.Begin();
        IReadOnlyList<LifetimeReport> reports = check();
        return new Answer(reports, time.End());
    }

    /// <summary>Says in the same way what an assertion says with an exception, and by returning.</summary>
    public static Answer OfAssertion(Action assertion) => Of(() =>
    {
        try
        {
            assertion();
            return [];
        }
        catch (ObjectNotDeadException e)
        {
            return e.Reports;
        }
    });
}
