using System.Globalization;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>Finds createdump among the children of a process.</summary>
internal static partial class CreateDumps
{
    public const int KillSignal = 9, StopSignal = 19;

    /// <summary>Its process ID; 0 when there is none.</summary>
    public static int Of(int parent)
    {
        foreach (string task in Tasks(parent))
        {
            foreach (string child in Read(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (Read($"/proc/{child}/comm") == "createdump\n") return int.Parse(child, CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }

    public static void Send(int process, int signal) => _ = kill(process, signal);

    private static string[] Tasks(int process)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process}/task");
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int process, int signal);
}
