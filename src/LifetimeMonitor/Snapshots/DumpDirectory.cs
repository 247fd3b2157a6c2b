using System.Collections.Concurrent;

namespace LifetimeMonitoring.Snapshots;

/// <summary>
/// Directories for dumps of this process, each readable by its owner only. The name identifies the process, so that
/// the next run can delete the directories of a killed process. It is also random, so that no other user can create
/// the directory in advance.
/// </summary>
/// <param name="parent">The directory that contains them.</param>
/// <param name="files">The file operations; null for the real ones.</param>
internal sealed class DumpDirectory(string parent, IDumpFiles? files = null)
{
    private const string Prefix = "lifetimemonitor-";
    private readonly IDumpFiles _files = files ?? new DumpFiles();
    private readonly ConcurrentQueue<string> _left = new();

    /// <summary>The directory that contains the dump directories.</summary>
    public string Parent => parent;

    /// <summary>Creates a directory for a new dump and returns a path in it.</summary>
    /// <exception cref="IOException">The directory cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">Creating the directory is not allowed.</exception>
    public string NewFile()
    {
        string directory = Path.Combine(parent, $"{Prefix}{ProcessMark.OfThisProcess}-{Path.GetRandomFileName()}");
        _files.CreateDirectory(directory);
        return Path.Combine(directory, "dump");
    }

    /// <summary>Lets only the owner read the dump.</summary>
    /// <exception cref="IOException">The dump does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The dump belongs to another user.</exception>
    public void KeepToOwner(string file) => _files.KeepToOwner(file);

    /// <summary>Deletes the dump and its directory. If that fails, the next sweep tries again.</summary>
    public void Delete(string file)
    {
        string directory = Path.GetDirectoryName(file)!;
        // This fails if the dump is open, if its directory contains something else, or if the dump was deleted
        // earlier, when its thread was no longer awaited.
        bool isDeleted = Try(() => _files.DeleteFile(file))
            && Try(() => _files.DeleteDirectory(directory, recursive: false));
        if (!isDeleted && Directory.Exists(directory)) _left.Enqueue(directory);
    }

    /// <summary>
    /// Deletes the directories of ended processes, and those of this process that could not be deleted before.
    /// </summary>
    public void Sweep()
    {
        for (int count = _left.Count; count > 0 && _left.TryDequeue(out string? directory); count--)
        {
            if (!Try(() => _files.DeleteDirectory(directory, recursive: true)) && Directory.Exists(directory))
                _left.Enqueue(directory);
        }

        IReadOnlyList<string> found = [];
        _ = Try(() => found = _files.ListDirectories(parent, Prefix));
        foreach (string directory in found)
        {
            // A failure does not stop the sweep: the directory may belong to another user, or another process may be
            // sweeping it.
            if (!ProcessMark.BelongsToLivingProcess(Path.GetFileName(directory)[Prefix.Length..]))
                _ = Try(() => _files.DeleteDirectory(directory, recursive: true));
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
