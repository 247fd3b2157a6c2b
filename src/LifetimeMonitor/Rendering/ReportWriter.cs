namespace LifetimeMonitoring.Rendering;

/// <summary>Writes reports as a failing assertion shows them.</summary>
internal sealed class ReportWriter : IReportWriter
{
    private ReportWriter()
    {
    }

    public static ReportWriter Instance { get; } = new();

    public string Write(LifetimeReport report) => ReportText.Render(report);

    public string Write(PathSearchResult result) => SearchText.Render(result);

    public string Write(RootPath path) => PathText.Render(path);
}
