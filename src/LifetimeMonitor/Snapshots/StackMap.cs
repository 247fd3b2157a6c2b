using System.Globalization;

namespace LifetimeMonitor.Snapshots;

/// <summary>Where the stacks of threads end: the mappings of a Linux process, as /proc/&lt;pid&gt;/maps lists them.</summary>
internal sealed class StackMap
{
    private readonly List<(ulong Start, ulong End)> _writable = [];

    public StackMap(IEnumerable<string> maps)
    {
        foreach (string line in maps)
        {
            int dash = line.IndexOf('-', StringComparison.Ordinal), space = line.IndexOf(' ', StringComparison.Ordinal);
            if (dash < 0 || space < dash || !line.AsSpan(space + 1).StartsWith("rw")) continue;
            _writable.Add((Hex(line.AsSpan(0, dash)), Hex(line.AsSpan(dash + 1, space - dash - 1))));
        }
    }

    /// <summary>The end of the memory a stack pointer points into: the base of its stack. 0 when there is none.</summary>
    public ulong BaseOf(ulong stackPointer) => _writable.Find(m => stackPointer >= m.Start && stackPointer < m.End).End;

    private static ulong Hex(ReadOnlySpan<char> digits) => ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
