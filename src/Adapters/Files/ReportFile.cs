namespace LifetimeMonitoring.Adapters;

/// <summary>
/// A report as a file, for a framework that attaches files. The runner copies the file after the test, perhaps after
/// this process has ended, so a later run deletes it.
/// </summary>
internal static class ReportFile
{
    public const string Description = "Paths to the objects that should be dead";
    private const string Prefix = "lifetimemonitor-report-";
    // The newest reports stay for a day. An hour is enough for a runner to copy the others.
    private const int Newest = 100;
    private static readonly TimeSpan s_timeToCopy = TimeSpan.FromHours(1), s_timeToKeep = TimeSpan.FromDays(1);
    private static int s_isSwept;

    /// <summary>Writes a report; null when the file cannot be written.</summary>
    public static string? TryWrite(string report)
    {
        try
        {
            if (Interlocked.Exchange(ref s_isSwept, 1) == 0) Sweep();
            string file = Path.Combine(Directory.CreateTempSubdirectory(Prefix).FullName, "lifetime-report.txt");
            File.WriteAllText(file, report);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Sweep()
    {
        IEnumerable<DirectoryInfo> newestFirst = new DirectoryInfo(Path.GetTempPath())
            .EnumerateDirectories(Prefix + "*")
            .OrderByDescending(r => r.LastWriteTimeUtc);
        int newer = 0;
        foreach (DirectoryInfo report in newestFirst)
        {
            TimeSpan time = newer++ < Newest ? s_timeToKeep : s_timeToCopy;
            try
            {
                if (report.LastWriteTimeUtc < DateTime.UtcNow - time) report.Delete(recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It belongs to another user, or another process is deleting it.
            }
        }
    }
}
