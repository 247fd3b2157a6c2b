using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// The thread that waits for a diagnosis. Once it is blocked, its stack can be walked frame by frame. Its state shows
/// the wait shortly before it is blocked.
/// </summary>
internal sealed class BlockedCaller
{
    // It takes microseconds, and on a starved machine as long as other threads keep the processors.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(500);
    // Used where the system does not report the state.
    private static readonly TimeSpan s_timeToBlock = TimeSpan.FromMilliseconds(1);
    private readonly ILinux? _linux;
    private readonly Thread _thread = Thread.CurrentThread;
    private readonly int _id;

    /// <summary>Takes the calling thread.</summary>
    public BlockedCaller(ILinux? linux)
    {
        _linux = linux;
        _id = linux?.ThreadId() ?? 0;
    }

    /// <summary>Waits until the thread is blocked, for a short time.</summary>
    public void LetBlock()
    {
        _ = SpinWait.SpinUntil(() => (_thread.ThreadState & ThreadState.WaitSleepJoin) != 0, s_longest);
        if (IsRunning() is not { } running) Thread.Sleep(s_timeToBlock);
        else if (running) _ = SpinWait.SpinUntil(() => IsRunning() != true, s_longest);
    }

    // The file contains the word "running", or the thread's system call. Null when it cannot be read.
    private bool? IsRunning()
    {
        if (_linux is null) return null;
        try
        {
            using Stream file = _linux.Open($"/proc/self/task/{_id}/syscall");
            return file.ReadByte() is var first && first < 0 ? null : first == 'r';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
