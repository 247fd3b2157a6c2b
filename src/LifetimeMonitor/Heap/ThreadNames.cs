using LifetimeMonitoring.Heap.Roots;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap;

/// <summary>The names of threads, from the Thread objects that the runtime's handles hold.</summary>
internal sealed class ThreadNames(SnapshotHeap heap, HandleTable handles)
{
    private const int Longest = 64;
    private readonly Lazy<Dictionary<int, string>> _names = new(() => Read(heap, handles));

    public string? Of(int managedThreadId) => _names.Value.GetValueOrDefault(managedThreadId);

    private static Dictionary<int, string> Read(SnapshotHeap heap, HandleTable handles)
    {
        var names = new Dictionary<int, string>();
        foreach (ulong target in handles.Targets)
        {
            if (heap.ObjectAt(target) is { Type.RuntimeName: FrameworkFields.Thread } thread
                && thread.Reference(FrameworkFields.ThreadName) is { } name
                && heap.StringAt(name.Address, Longest) is { Length: > 0 } text
                && thread.Number<int>(FrameworkFields.ThreadId) is { } id)
            {
                names[id] = text;
            }
        }

        return names;
    }
}
