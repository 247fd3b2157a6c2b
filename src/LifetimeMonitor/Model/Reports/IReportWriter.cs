namespace LifetimeMonitoring.Reports;

/// <summary>
/// Writes reports as text. The code that writes lies above the reports, so each report is given its writer.
/// </summary>
internal interface IReportWriter
{
    string Write(LifetimeReport report);

    string Write(PathSearchResult result);

    string Write(RootPath path);
}
