using System.Diagnostics;
using System.Globalization;

namespace LifetimeMonitor.Snapshots;

/// <summary>
/// Tells in the name of a file whose it is, so that a later run can see whether that process still lives: its id, which the
/// system gives away again, and when it began.
/// </summary>
internal static class ProcessMark
{
    public static string OfThisProcess { get; } = $"{Environment.ProcessId}-{StartTime(Environment.ProcessId)}";

    /// <summary>True as well for what is no mark of ours; something may follow the mark.</summary>
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
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
