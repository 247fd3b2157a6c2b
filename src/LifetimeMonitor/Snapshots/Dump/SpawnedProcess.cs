using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>
/// createdump on Linux, as our child. It prints a line before it stops the first of our threads. The pipe for that
/// line is full until <see cref="Begin"/>, so createdump waits until everything is ready.
/// </summary>
internal sealed unsafe class SpawnedProcess : IDisposable
{
    // A process that the kernel cannot end, because a file system does not respond, is left to the next dump.
    private static readonly TimeSpan s_longestEnd = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestWithoutCollections = TimeSpan.FromMilliseconds(100);
    private static readonly ConcurrentQueue<int> s_left = new();
    private readonly object _gate = new();
    private readonly ChildPipe _output;
    private readonly ChildPipe _errors;
    private bool _isReaped;

    private SpawnedProcess(ChildPipe output, ChildPipe errors)
    {
        _output = output;
        _errors = errors;
    }

    public int ProcessId { get; private set; }

    /// <summary>
    /// Refers to this process even if its id is reused; negative if the system has no such descriptors.
    /// </summary>
    public int Descriptor { get; private set; } = -1;

    public string Output => _output.Text;

    public string Errors => _errors.Text;

    /// <summary>Its exit code once it has ended; null if a signal ended it, or if other code has reaped it.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>The signal that ended it; null if none did, or if other code has reaped it.</summary>
    public int? EndSignal { get; private set; }

    /// <exception cref="SnapshotRefusedException">The system does not start it.</exception>
    public static SpawnedProcess Start(string program, IReadOnlyList<string> arguments)
    {
        for (int count = s_left.Count; count > 0 && s_left.TryDequeue(out int left); count--)
        {
            if (ChildCalls.waitpid(left, null, ChildCalls.NoHang) == 0) s_left.Enqueue(left);
        }

        ChildPipe? output = null, errors = null;
        try
        {
            output = new ChildPipe();
            errors = new ChildPipe();
            output.Fill();
            output.LetWriterWait();
            errors.LetWriterWait();
            var process = new SpawnedProcess(output, errors);
            // Nothing is allocated from here on: if that failed, the child would have no owner.
            process.ProcessId = Spawning.Start(program, arguments, output, errors);
            process.Descriptor = ChildCalls.OpenProcess(process.ProcessId);
            ChildCalls.ForbidCore(process.ProcessId);
            output.CloseWriteEnd();
            errors.CloseWriteEnd();
            return process;
        }
        catch
        {
            output?.Dispose();
            errors?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// createdump begins, and stops our threads one after another. Until it has stopped this one, no collection can
    /// stop the world, so the dump shows no heap in which objects are being moved. When this thread continues, the time
    /// limit has long passed.
    /// </summary>
    public void Begin()
    {
        _output.Empty();
        ChildCalls.Polled* ends = stackalloc ChildCalls.Polled[3];
        List(ends, wanted: 0);
        _ = ChildCalls.PollWithoutCollections(ends, 3, (int)s_longestWithoutCollections.TotalMilliseconds);
    }

    public bool HasEnded(TimeSpan moment)
    {
        ChildCalls.Polled* ends = stackalloc ChildCalls.Polled[3];
        List(ends, ChildCalls.Readable);
        _ = ChildCalls.poll(ends, 3, (int)moment.TotalMilliseconds);
        Read();
        if (!TryReap())
        {
            // A process that has closed its output, but has not ended yet, would make us poll without a pause.
            if ((ends[0].Seen & ends[1].Seen & ChildCalls.HungUp) != 0) _ = ChildCalls.poll(null, 0, 1);
            return false;
        }

        Read();
        return true;
    }

    public void Kill()
    {
        using (Interruption.Lock(_gate))
        {
            if (_isReaped) return;
            if (Descriptor >= 0) ChildCalls.SendSignal(Descriptor, ChildCalls.KillSignal);
            else _ = ChildCalls.kill(ProcessId, ChildCalls.KillSignal);
        }
    }

    public void Dispose()
    {
        Kill();
        long start = Stopwatch.GetTimestamp();
        while (!TryReap() && Stopwatch.GetElapsedTime(start) < s_longestEnd) _ = ChildCalls.poll(null, 0, 1);
        using (Interruption.Lock(_gate))
        {
            if (!_isReaped) s_left.Enqueue(ProcessId);
            _isReaped = true;
            if (Descriptor >= 0) _ = ChildCalls.close(Descriptor);
            Descriptor = -1;
        }

        _output.Dispose();
        _errors.Dispose();
    }

    // poll(2) reports the end of the process, whichever events are wanted.
    private void List(ChildCalls.Polled* ends, short wanted)
    {
        ends[0] = new ChildCalls.Polled { Descriptor = _output.ReadEnd, Wanted = wanted };
        ends[1] = new ChildCalls.Polled { Descriptor = _errors.ReadEnd, Wanted = wanted };
        ends[2] = new ChildCalls.Polled { Descriptor = Descriptor, Wanted = ChildCalls.Readable };
    }

    private void Read()
    {
        _output.Read();
        _errors.Read();
    }

    // The program may have reaped it: by waiting for any child, or by ignoring SIGCHLD.
    private bool TryReap()
    {
        using (Interruption.Lock(_gate))
        {
            if (_isReaped) return true;
            int status;
            int reaped = ChildCalls.waitpid(ProcessId, &status, ChildCalls.NoHang);
            if (reaped == 0 || (reaped < 0 && Marshal.GetLastPInvokeError() != ChildCalls.NoChild)) return false;
            _isReaped = true;
            if (reaped <= 0) return true;
            int signal = status & 0x7f;
            if (signal == 0) ExitCode = (status >> 8) & 0xff;
            else EndSignal = signal;
            return true;
        }
    }
}
