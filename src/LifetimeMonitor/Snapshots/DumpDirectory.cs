namespace LifetimeMonitor.Snapshots;

/// <summary>
/// The directory for dumps of this process, readable by its owner only. Its name says whose it is, so that the next run
/// can sweep what a killed one left behind.
/// </summary>
internal sealed class DumpDirectory(string parent)
{
    private const string Prefix = "lifetimemonitor-";

    /// <summary>A path for a new dump; the directory exists when this returns.</summary>
    public string NewFile()
    {
        string directory = Path.Combine(parent, Prefix + ProcessMark.OfThisProcess);
        if (OperatingSystem.IsWindows()) _ = Directory.CreateDirectory(directory);
        else _ = Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.Combine(directory, Path.GetRandomFileName());
    }

    /// <summary>Deletes the dump, and the directory when it is the last one in it.</summary>
    public static void Delete(string file)
    {
        try
        {
            File.Delete(file);
            Directory.Delete(Path.GetDirectoryName(file)!);
        }
        catch (IOException)
        {
            // Another dump is in it, or it is still open; the next sweep takes it.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Deletes the directories of processes that are gone.</summary>
    public void Sweep()
    {
        try
        {
            foreach (string directory in Directory.EnumerateDirectories(parent, Prefix + "*"))
            {
                if (!ProcessMark.BelongsToLivingProcess(Path.GetFileName(directory)[Prefix.Length..])) Directory.Delete(directory, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or being swept by another process at this moment.
        }
    }
}
