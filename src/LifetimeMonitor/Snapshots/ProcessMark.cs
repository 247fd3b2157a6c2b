using System.Diagnostics;
using System.Globalization;

namespace LifetimeMonitoring.Snapshots;

/// <summary>
/// Identifies a process in the name of a file, so that a later run can check whether that process still lives. The
/// mark is the process id, which the system reuses, and the start time.
/// </summary>
internal static class ProcessMark
{
    public static string OfThisProcess { get; } = $"{Environment.ProcessId}-{StartTime(Environment.ProcessId)}";

    /// <summary>Also true for a text that is none of our marks. More text may follow the mark.</summary>
    public static bool BelongsToLivingProcess(string mark)
    {
        string[] parts = mark.Split('-');
        return parts.Length is < 2 or > 3
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int processId)
            || StartTime(processId) == parts[1];
    }

    private static string? StartTime(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is ArgumentException
            or InvalidOperationException
            or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
