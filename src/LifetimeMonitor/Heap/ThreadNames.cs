using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitor.Heap;

/// <summary>The names of threads, from the Thread objects that the runtime holds by handles.</summary>
internal sealed class ThreadNames(ClrRuntime runtime)
{
    private readonly Lazy<Dictionary<int, string>> _names = new(() => Read(runtime));

    public string? Of(int managedThreadId) => _names.Value.GetValueOrDefault(managedThreadId);

    private static Dictionary<int, string> Read(ClrRuntime runtime)
    {
        var names = new Dictionary<int, string>();
        foreach (ClrHandle handle in runtime.EnumerateHandles())
        {
            if (handle.Object.Type?.Name != "System.Threading.Thread") continue;
            if (handle.Object.TryReadStringField("_name", 64, out string? name) && !string.IsNullOrEmpty(name)
                && handle.Object.TryReadField("_managedThreadId", out int id))
            {
                names[id] = name;
            }
        }

        return names;
    }
}
