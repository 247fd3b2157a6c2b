using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.Diagnosis;

/// <summary>
/// The thread that waits for a diagnosis. Once it is blocked its stack can be named frame by frame; it first says that it
/// waits, and then does it.
/// </summary>
internal sealed class WaitingThread
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(50);
    // Where the system does not tell.
    private static readonly TimeSpan s_timeToBlock = TimeSpan.FromMilliseconds(1);
    private readonly ILinux? _linux;
    private readonly Thread _thread = Thread.CurrentThread;
    private readonly int _id;

    /// <summary>The calling one.</summary>
    public WaitingThread(ILinux? linux)
    {
        _linux = linux;
        _id = linux?.ThreadId() ?? 0;
    }

    /// <summary>Gives it the moment it needs.</summary>
    public void LetBlock()
    {
        _ = SpinWait.SpinUntil(() => (_thread.ThreadState & ThreadState.WaitSleepJoin) != 0, s_longest);
        if (IsRunning() is not { } running) Thread.Sleep(s_timeToBlock);
        else if (running) _ = SpinWait.SpinUntil(() => IsRunning() != true, s_longest);
    }

    // The file is the word "running", or where in the system the thread is. Null when it cannot be read.
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
