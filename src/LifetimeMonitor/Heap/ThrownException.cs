using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap;

/// <summary>The exception that a thread has thrown and not handled to its end.</summary>
internal static class ThrownException
{
    /// <summary>False where the snapshot shows the thread in the middle of noting it: there is one, and it is not known.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="address">Where it is; 0 when there is none, or it is not known.</param>
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
