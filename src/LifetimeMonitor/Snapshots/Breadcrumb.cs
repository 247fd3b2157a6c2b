namespace LifetimeMonitoring.Snapshots;

/// <summary>
/// A file that exists only while the runtime's debugging component (DAC) makes calls that are known to crash
/// processes. If the next run of the same program finds the file, it reports that and skips those calls.
/// </summary>
internal sealed class Breadcrumb(string directory, string program)
{
    private const string Prefix = "lifetimemonitor-walking-";
    private readonly Lazy<bool> _wasLeft = new(() => TakeUp(directory, program));

    /// <summary>
    /// True if an earlier run ended without deleting its breadcrumb. The answer never changes in this process.
    /// </summary>
    public bool WasLeft => _wasLeft.Value;

    /// <summary>
    /// Creates the breadcrumb; disposing the result deletes it. If the file cannot be written, there is none.
    /// </summary>
    public IDisposable Lay()
    {
        string file = OfThisProcess();
        try
        {
            // Always a new file: another user may have left a file, or a link to another place, under this name. We
            // must not write to it.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(file, options);
            writer.Write(program);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }

        return new Laid(file);
    }

    /// <summary>
    /// Deletes the breadcrumb for a thread that cannot: this process has survived the danger that the file warns of.
    /// </summary>
    public void TakeUpOurs() => new Laid(OfThisProcess()).Dispose();

    private string OfThisProcess() => Path.Combine(directory, Prefix + ProcessMark.OfThisProcess);

    private static bool TakeUp(string directory, string program)
    {
        bool found = false;
        try
        {
            foreach (string file in Directory.EnumerateFiles(directory, Prefix + "*"))
            {
                if (ProcessMark.BelongsToLivingProcess(Path.GetFileName(file)[Prefix.Length..])
                    || File.ReadAllText(file) != program)
                    continue;
                found = true;
                File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file belongs to another user, or another process is deleting it now.
        }

        return found;
    }

    private sealed class Laid(string file) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }
    }
}
