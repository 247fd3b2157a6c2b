namespace LifetimeMonitor.Snapshots;

/// <summary>Where the stacks of threads end: the mappings of a Linux process, as /proc/&lt;pid&gt;/maps lists them.</summary>
internal sealed class StackMap(IEnumerable<string> maps)
{
    private readonly List<Mapping> _writable = [.. Mapping.Of(maps).Where(m => m.Permissions.StartsWith("rw"))];

    /// <summary>The end of the memory a stack pointer points into: the base of its stack. 0 when there is none.</summary>
    public ulong BaseOf(ulong stackPointer) => _writable.Find(m => stackPointer >= m.Start && stackPointer < m.End)?.End ?? 0;
}
