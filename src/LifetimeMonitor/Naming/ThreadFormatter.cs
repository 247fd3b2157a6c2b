using LifetimeMonitoring.Heap;

namespace LifetimeMonitoring.Naming;

/// <summary>
/// A thread in words: <c>thread 5 "reader"</c>, <c>thread-pool thread 7</c>, <c>thread 1 (the asserting thread)</c>.
/// </summary>
/// <param name="heap">The snapshot.</param>
/// <param name="assertingThread">The managed id of the thread that waits for the answer; 0 for none.</param>
internal sealed class ThreadFormatter(SnapshotHeap heap, int assertingThread)
{
    private const string ThreadPoolWorker = ".NET TP Worker"; // the name the runtime gives it

    /// <summary>Takes the operating system's id.</summary>
    public string Of(int threadId) => OfManaged(heap.Stacks.ManagedId(threadId));

    /// <summary>Whether the thread waits for the answer.</summary>
    public bool IsAsserting(int threadId) =>
        assertingThread != 0 && heap.Stacks.ManagedId(threadId) == assertingThread;

    public string OfManaged(int managedId)
    {
        string? name = heap.Stacks.NameOfManaged(managedId);
        string whose = managedId != 0 && managedId == assertingThread ? " (the asserting thread)" : "";
        return name switch
        {
            null => $"thread {managedId}{whose}",
            ThreadPoolWorker => $"thread-pool thread {managedId}{whose}",
            _ => $"thread {managedId} \"{name}\"{whose}",
        };
    }
}
