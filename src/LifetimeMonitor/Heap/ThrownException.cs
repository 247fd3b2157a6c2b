using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap;

/// <summary>The exception that a thread has thrown and not yet fully handled.</summary>
internal static class ThrownException
{
    /// <summary>False where the snapshot caught the thread as it recorded an exception, which is unknown.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="address">Its address; 0 when there is none or it is not known.</param>
    public static bool TryFind(ClrThread thread, out ulong address)
    {
        try
        {
            address = thread.CurrentException?.Address ?? 0;
            return true;
        }
        catch (InvalidOperationException)
        {
            address = 0;
            return false;
        }
    }
}
