namespace LifetimeMonitoring.Snapshots;

/// <summary>The real file operations.</summary>
internal sealed class DumpFiles : IDumpFiles
{
    public void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows()) _ = Directory.CreateDirectory(directory);
        else _ = Directory.CreateDirectory(
            directory,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public IReadOnlyList<string> ListDirectories(string parent, string prefix) =>
        Directory.GetDirectories(parent, prefix + "*");

    public void DeleteDirectory(string directory, bool recursive) => Directory.Delete(directory, recursive);

    public void DeleteFile(string file) => File.Delete(file);

    public void KeepToOwner(string file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
