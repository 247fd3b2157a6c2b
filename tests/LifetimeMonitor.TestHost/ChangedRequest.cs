using LifetimeMonitor.Snapshots;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.TestHost;

/// <summary>The real system calls, but clones are asked for without a guard.</summary>
internal sealed unsafe class ChangedRequest : RealLinux
{
    /// <summary>Signals are not blocked.</summary>
    public bool LeaveSignals { get; init; }

    /// <summary>How long the clone takes its time before it looks after its parent.</summary>
    public TimeSpan Linger { get; init; }

    /// <summary>Nothing is compared, and nobody is said to have run meanwhile.</summary>
    public bool TakeChanges { get; init; }

    /// <summary>No blocked thread is stopped, also where it wakes by itself.</summary>
    public bool LeaveWaiting { get; init; }

    /// <summary>Clones that were asked for.</summary>
    public int Clones { get; private set; }

    public override int Clone(CloneRequest* request)
    {
        Clones++;
        request->LeaveSignals = LeaveSignals ? 1 : 0;
        request->LeaveWaiting = LeaveWaiting ? 1 : 0;
        request->LingerMicroseconds = (int)Linger.TotalMicroseconds;
        if (!TakeChanges) return base.Clone(request);
        request->Compare = 0;
        int result = base.Clone(request);
        foreach (ref CloneThread thread in new Span<CloneThread>(request + 1, request->Count))
        {
            if ((ThreadActivity)thread.State == ThreadActivity.Moved) thread.State = (int)ThreadActivity.Blocked;
        }

        return result;
    }
}
