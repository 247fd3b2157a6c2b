using System.Collections.Concurrent;

namespace LifetimeMonitor.Snapshots;

/// <summary>
/// Directories for dumps of this process, each readable by its owner only. The name says whose it is, so that the next run
/// can sweep what a killed one left behind, and is not to be guessed, so that nobody can have made it before.
/// </summary>
/// <param name="parent">Where they lie.</param>
/// <param name="files">The file operations; null for the real ones.</param>
internal sealed class DumpDirectory(string parent, IDumpFiles? files = null)
{
    private const string Prefix = "lifetimemonitor-";
    private readonly IDumpFiles _files = files ?? new DumpFiles();
    private readonly ConcurrentQueue<string> _left = new();

    /// <summary>Where the directories lie.</summary>
    public string Parent => parent;

    /// <summary>A path for a new dump; its directory exists when this returns.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public string NewFile()
    {
        string directory = Path.Combine(parent, $"{Prefix}{ProcessMark.OfThisProcess}-{Path.GetRandomFileName()}");
        _files.CreateDirectory(directory);
        return Path.Combine(directory, "dump");
    }

    /// <summary>Takes the right to read the dump from all but its owner.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">It is somebody else's.</exception>
    public void KeepToOwner(string file) => _files.KeepToOwner(file);

    /// <summary>Deletes the dump and its directory. When that fails the next sweep tries again.</summary>
    public void Delete(string file)
    {
        string directory = Path.GetDirectoryName(file)!;
        // It is still open, or something else is in it; or it was deleted before, when nobody waited for it any more.
        bool isDeleted = Try(() => _files.DeleteFile(file)) && Try(() => _files.DeleteDirectory(directory, recursive: false));
        if (!isDeleted && Directory.Exists(directory)) _left.Enqueue(directory);
    }

    /// <summary>Deletes the directories of processes that are gone, and those of this process that could not be deleted before.</summary>
    public void Sweep()
    {
        for (int count = _left.Count; count > 0 && _left.TryDequeue(out string? directory); count--)
        {
            if (!Try(() => _files.DeleteDirectory(directory, recursive: true)) && Directory.Exists(directory)) _left.Enqueue(directory);
        }

        IReadOnlyList<string> found = [];
        _ = Try(() => found = _files.ListDirectories(parent, Prefix));
        foreach (string directory in found)
        {
            // One that is somebody else's, or being swept by another process at this moment, keeps nobody from the others.
            if (!ProcessMark.BelongsToLivingProcess(Path.GetFileName(directory)[Prefix.Length..])) _ = Try(() => _files.DeleteDirectory(directory, recursive: true));
        }
    }

    private static bool Try(Action operation)
    {
        try
        {
            operation();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
