namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>
/// The files of a memory control group that a clone reads (<c>memory_watch.c</c>), to end before the system has no memory
/// left. They must stay open while the clone lives, because it shares our descriptors.
/// </summary>
/// <param name="usage">The memory in use.</param>
/// <param name="statistics">What the memory is used for.</param>
/// <param name="limit">The limit of the group, in bytes.</param>
internal sealed class MemoryWatch(FileStream usage, FileStream statistics, long limit) : IDisposable
{
    public int Usage => (int)usage.SafeFileHandle.DangerousGetHandle();

    public int Statistics => (int)statistics.SafeFileHandle.DangerousGetHandle();

    public long Limit => limit;

    public void Dispose()
    {
        usage.Dispose();
        statistics.Dispose();
    }
}
