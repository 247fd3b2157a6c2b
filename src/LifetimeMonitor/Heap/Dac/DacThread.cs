using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>A managed thread.</summary>
internal sealed class DacThread(ClrThread thread)
{
    /// <summary>The address of the runtime's record of it.</summary>
    public ulong Address => thread.Address;

    /// <summary>The operating system's ID.</summary>
    public int ThreadId => (int)thread.OSThreadId;

    public int ManagedThreadId => thread.ManagedThreadId;

    public bool IsAlive => thread.IsAlive;

    /// <summary>It runs finalizers.</summary>
    public bool IsFinalizer => thread.IsFinalizer;

    /// <summary>The address at which its stack ends; 0 when it is not known.</summary>
    public ulong StackBase => thread.StackBase;

    /// <summary>The exception that the thread has thrown and not yet fully handled.</summary>
    /// <param name="address">Its address; 0 when there is none or it is not known.</param>
    /// <returns>
    /// False where the snapshot caught the thread as it recorded an exception, which is unknown.
    /// </returns>
    public bool TryFindException(out ulong address)
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

    /// <summary>The runtime's own list of the references on the stack. It walks the stack.</summary>
    public IEnumerable<DacStackRoot> StackRoots() => thread.EnumerateStackRoots().Select(r => new DacStackRoot(r));

    /// <summary>The methods on the stack, innermost first. It walks the stack.</summary>
    public IEnumerable<DacFrame> Frames(int most) =>
        thread.EnumerateStackTrace().Take(most).Select(DacFrame.Of).OfType<DacFrame>();
}

/// <summary>A reference on a stack.</summary>
internal sealed class DacStackRoot(ClrStackRoot root)
{
    /// <summary>Its address; 0 for a register.</summary>
    public ulong Slot => root.Address;

    /// <summary>The object it refers to.</summary>
    public ulong Object => root.Object.Address;

    /// <summary>Its frame; null when that is not known.</summary>
    public DacFrame? Frame() => DacFrame.Of(root.StackFrame);
}
