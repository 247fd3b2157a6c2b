namespace LifetimeMonitor.Snapshots;

/// <summary>
/// A file that lies there only while the runtime's debugging component does what has been seen to crash a process. The next
/// run of the same program that finds it says so, and does without.
/// </summary>
internal sealed class Breadcrumb(string directory, string program)
{
    private const string Prefix = "lifetimemonitor-walking-";
    private readonly Lazy<bool> _wasLeft = new(() => TakeUp(directory, program));

    /// <summary>The one of this program: its directory tells it from others.</summary>
    public static Breadcrumb Shared { get; } = new(Path.GetTempPath(), AppContext.BaseDirectory);

    /// <summary>An earlier run ended while its breadcrumb lay there. The answer is the same for the life of this process.</summary>
    public bool WasLeft => _wasLeft.Value;

    /// <summary>Lays it down until what is returned is disposed. Where no file can be written there is none.</summary>
    public IDisposable Lay()
    {
        string file = OfThisProcess();
        try
        {
            // A new one: what another user left there under this name, which may lead elsewhere, is not written to.
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

    /// <summary>Takes it up where who laid it cannot: this process has outlived what it warns of.</summary>
    public void TakeUpOurs() => new Laid(OfThisProcess()).Dispose();

    private string OfThisProcess() => Path.Combine(directory, Prefix + ProcessMark.OfThisProcess);

    private static bool TakeUp(string directory, string program)
    {
        bool found = false;
        try
        {
            foreach (string file in Directory.EnumerateFiles(directory, Prefix + "*"))
            {
                if (ProcessMark.BelongsToLivingProcess(Path.GetFileName(file)[Prefix.Length..]) || File.ReadAllText(file) != program) continue;
                found = true;
                File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or taken up by another process at this moment.
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
