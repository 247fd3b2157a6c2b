namespace LifetimeMonitoring.Reports;

/// <summary>Writes reports as text. The reports lie below what writes them, so it is given to them.</summary>
internal interface IReportWriter
{
    string Write(LifetimeReport report);

    string Write(PathSearchResult result);

    string Write(RootPath path);
}
