namespace LifetimeMonitor.Snapshots;

/// <summary>
/// Directories for dumps of this process, each readable by its owner only. The name says whose it is, so that the next run
/// can sweep what a killed one left behind, and is not to be guessed, so that nobody can have made it before.
/// </summary>
internal sealed class DumpDirectory(string parent)
{
    private const string Prefix = "lifetimemonitor-";

    /// <summary>A path for a new dump; its directory exists when this returns.</summary>
    public string NewFile()
    {
        string directory = Path.Combine(parent, $"{Prefix}{ProcessMark.OfThisProcess}-{Path.GetRandomFileName()}");
        if (OperatingSystem.IsWindows()) _ = Directory.CreateDirectory(directory);
        else _ = Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.Combine(directory, "dump");
    }

    /// <summary>Deletes the dump and its directory.</summary>
    public static void Delete(string file)
    {
        try
        {
            File.Delete(file);
            Directory.Delete(Path.GetDirectoryName(file)!);
        }
        catch (IOException)
        {
            // It is still open, or something else is in it; the next run's sweep takes it.
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
