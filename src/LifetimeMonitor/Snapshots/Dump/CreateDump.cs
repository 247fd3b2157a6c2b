using System.Globalization;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>
/// Has a dump written by createdump, the program beside the runtime for that purpose. The runtime itself would start
/// createdump as well, on request; but then the test would print its output, and no code could end it.
/// </summary>
/// <param name="program">Its path; null for the one beside the runtime.</param>
internal sealed class CreateDump(string? program = null)
{
    private const string Name = "createdump";
    private const string Success = "successfully written", NeedsNoProcessId = "pid argument is no longer supported";
    private const string TooLate = "the time budget ended before createdump had written the dump";
    private const int KillSignal = 9;
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(20);
    private volatile bool _wantsNoProcessId;

    /// <summary>Whether createdump exists for this system.</summary>
    public static bool IsOfThisSystem => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>Writes a dump of this process, with its heap, to a file.</summary>
    /// <param name="file">The path of the dump.</param>
    /// <param name="limit">How long it may take.</param>
    /// <exception cref="SnapshotRefusedException">There is no dump; the message says why.</exception>
    public void Write(string file, TimeLimit limit)
    {
        string path = program ?? Locate();
        // Up to .NET 11 createdump must get our process id; later versions dump their parent and accept none.
        string? failure = Run(path, file, isTold: !_wantsNoProcessId, limit);
        if (failure?.Contains(NeedsNoProcessId, StringComparison.Ordinal) == true)
        {
            _wantsNoProcessId = true;
            failure = Run(path, file, isTold: false, limit);
        }

        if (failure is not null) throw new SnapshotRefusedException(failure);
    }

    // Null, or why there is no dump.
    private static string? Run(string path, string file, bool isTold, TimeLimit limit)
    {
        // createdump replaces sequences that begin with a percent sign.
        List<string> arguments = ["--withheap", "--name", file.Replace("%", "%%", StringComparison.Ordinal)];
        if (isTold) arguments.Add(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        IDumpProcess process = OperatingSystem.IsLinux()
            ? new TracingProcess(path, arguments, limit.Left)
            : new FrameworkProcess(path, arguments);
        try
        {
            ActiveDumps.Note(process);
            process.Begin();
            bool hasEnded;
            while (!(hasEnded = process.HasEnded(s_moment)) && !limit.IsOver)
            {
            }

            string? failure = hasEnded ? WhyNot(process) : TooLate;
            return failure is not null && process.ExitCode is null && limit.IsOver ? TooLate : failure;
        }
        finally
        {
            ActiveDumps.Note(null);
            process.Dispose();
        }
    }

    private static string? WhyNot(IDumpProcess process)
    {
        if (process.ExitCode == 0
            || (process.ExitCode is null && process.Output.Contains(Success, StringComparison.Ordinal)))
            return null;
        const string Prefix = "[createdump] ";
        const string NotPermitted = "(1)", NoAccess = "(13)"; // EPERM, EACCES: createdump ends a line with the errno
        string reason = process.Errors.Split('\n')[0].Replace(Prefix, "", StringComparison.Ordinal).Trim();
        if (reason.Length == 0) reason = Fate(process);
        string remedy = reason.EndsWith(NotPermitted, StringComparison.Ordinal)
            || reason.EndsWith(NoAccess, StringComparison.Ordinal)
            ? "; in a container the capability SYS_PTRACE allows it"
            : "";
        return $"createdump did not write a dump ({reason}){remedy}";
    }

    private static string Fate(IDumpProcess process) => (process.ExitCode, process.EndSignal) switch
    {
        ({ } code, _) => $"it returned {code} and did not say why",
        (_, KillSignal) => "it was killed: somebody did, or the system for memory",
        (_, { } signal) => $"it crashed with signal {signal}",
        _ => "it ended, and this program has reaped it before we could see how",
    };

    private static string Locate()
    {
        string path = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), Name);
        return File.Exists(path)
            ? path
            : throw new SnapshotRefusedException(
                $"{Name} is not beside the runtime (a single-file application has none); "
                + "run the tests on an installed runtime");
    }
}
