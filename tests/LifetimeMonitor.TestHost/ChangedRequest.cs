using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.TestHost;

/// <summary>The real system calls, except that requests for clones lack a guard.</summary>
internal sealed unsafe class ChangedRequest : RealLinux
{
    /// <summary>Leaves signals unblocked.</summary>
    public bool LeaveSignals { get; init; }

    /// <summary>The time that the clone waits before it watches its parent.</summary>
    public TimeSpan Linger { get; init; }

    /// <summary>Compares nothing and reports that no thread ran meanwhile.</summary>
    public bool TakeChanges { get; init; }

    /// <summary>Stops no blocked thread, even if it wakes by itself.</summary>
    public bool LeaveWaiting { get; init; }

    /// <summary>The number of requested clones.</summary>
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
        var threads = new CloneThreads(request);
        for (int i = 0; i < threads.Count; i++)
        {
            ref CloneThread thread = ref threads[i];
            if ((ThreadActivity)thread.State == ThreadActivity.Moved) thread.State = (int)ThreadActivity.Blocked;
        }

        return result;
    }
}
