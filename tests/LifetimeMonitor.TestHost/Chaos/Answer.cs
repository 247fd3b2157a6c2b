using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>The result of a check.</summary>
/// <param name="Reports">
/// The reports of the live objects; in a form that reports dead objects, too, of all objects.
/// </param>
/// <param name="Time">The time of the check.</param>
internal sealed record Answer(IReadOnlyList<LifetimeReport> Reports, CheckTime Time)
{
    /// <summary>The only report; null if an assertion passed.</summary>
    public LifetimeReport? Report => Reports.Count > 0 ? Reports[0] : null;

    public static Answer Of(Func<IReadOnlyList<LifetimeReport>> check)
    {
        var time = CheckTime.Begin();
        IReadOnlyList<LifetimeReport> reports = check();
        return new Answer(reports, time.End());
    }

    /// <summary>Converts the result of an assertion, which throws or returns, to the same form.</summary>
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
