using System.Diagnostics;

namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>
/// createdump on systems other than Linux: macOS, on which this is untested. The framework starts it.
/// </summary>
internal sealed class FrameworkProcess : IDumpProcess
{
    private readonly Process _process;

    /// <exception cref="SnapshotRefusedException">The system does not start it.</exception>
    public FrameworkProcess(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new SnapshotRefusedException($"createdump was not started ({e.Message})", e);
        }
    }

    // The output fits into a pipe, so it is read at the end and needs no pool thread.
    public string Output => _process.StandardOutput.ReadToEnd();

    public string Errors => _process.StandardError.ReadToEnd();

    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    public int? EndSignal => null;

    public void Begin()
    {
    }

    public bool HasEnded(TimeSpan moment) => _process.WaitForExit(moment);

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended.
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
