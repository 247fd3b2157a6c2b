using System.Globalization;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>Puts this process into its own memory control group, if the system permits it.</summary>
internal static class ControlGroup
{
    private const string First = "/sys/fs/cgroup/memory", Second = "/sys/fs/cgroup";

    /// <param name="limit">The limit of the group, in bytes.</param>
    /// <param name="why">The reason for a failure.</param>
    public static bool TryEnter(long limit, out string? why)
    {
        string name = $"lifetimemonitor-test-{Environment.ProcessId}";
        string number = limit.ToString(CultureInfo.InvariantCulture);
        try
        {
            bool isFirst = Directory.Exists(First);
            string group = Path.Combine(isFirst ? First : Second, name);
            _ = Directory.CreateDirectory(group);
            File.WriteAllText(Path.Combine(group, isFirst ? "memory.limit_in_bytes" : "memory.max"), number);
            File.WriteAllText(Path.Combine(group, "cgroup.procs"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            why = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = e.Message;
            return false;
        }
    }
}
