namespace LifetimeMonitoring.Snapshots;

/// <summary>
/// The file operations that dumps need, besides writing and opening them, behind one interface: tests make each of
/// them fail. All of them throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
/// </summary>
internal interface IDumpFiles
{
    /// <summary>Creates a directory that only its owner can read.</summary>
    void CreateDirectory(string directory);

    /// <summary>The subdirectories of a directory whose names begin with a prefix.</summary>
    IReadOnlyList<string> ListDirectories(string parent, string prefix);

    /// <summary>Deletes a directory, with its contents if <paramref name="recursive"/> is true.</summary>
    void DeleteDirectory(string directory, bool recursive);

    /// <summary>Deletes a file.</summary>
    void DeleteFile(string file);

    /// <summary>Lets only the owner read a file.</summary>
    void KeepToOwner(string file);
}
