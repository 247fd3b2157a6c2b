namespace LifetimeMonitor.Snapshots;

/// <summary>
/// The file operations that dumps need besides being written and opened, as one seam: tests make each of them fail. All of them throw
/// <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
/// </summary>
internal interface IDumpFiles
{
    /// <summary>Makes a directory that nobody but its owner may look into.</summary>
    void CreateDirectory(string directory);

    /// <summary>The directories in another one whose names begin so.</summary>
    IReadOnlyList<string> ListDirectories(string parent, string prefix);

    /// <summary>Deletes a directory, and what is in it if that is wanted.</summary>
    void DeleteDirectory(string directory, bool recursive);

    /// <summary>Deletes a file.</summary>
    void DeleteFile(string file);

    /// <summary>Takes the right to read a file from all but its owner.</summary>
    void KeepToOwner(string file);
}
