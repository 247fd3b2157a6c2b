namespace LifetimeMonitoring.Tests.Processes;

/// <summary>
/// A copy of the test host that a process without root rights can read: only root may read some checkouts.
/// </summary>
public sealed class ReachableTestHost : IDisposable
{
    private const UnixFileMode ForEverybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo? _copy;

    public ReachableTestHost()
    {
        Assembly = Repository.TestHost;
        var built = new DirectoryInfo(Path.GetDirectoryName(Assembly)!);
        if (OperatingSystem.IsWindows() || IsReachable(built)) return;
        _copy = Directory.CreateTempSubdirectory("reachable-test-host-");
        File.SetUnixFileMode(_copy.FullName, ForEverybody);
        foreach (FileInfo file in built.EnumerateFiles()) _ = file.CopyTo(Path.Combine(_copy.FullName, file.Name));
        Assembly = Path.Combine(_copy.FullName, Path.GetFileName(Assembly));
    }

    public string Assembly { get; }

    public void Dispose() => _copy?.Delete(recursive: true);

    private static bool IsReachable(DirectoryInfo directory)
    {
        for (DirectoryInfo? at = directory; at is not null; at = at.Parent)
        {
            if ((at.UnixFileMode & UnixFileMode.OtherExecute) == 0) return false;
        }

        return true;
    }
}
