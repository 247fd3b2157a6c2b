using System.Buffers.Text;

namespace LifetimeMonitoring.Snapshots;

/// <summary>
/// Where the stacks of threads end: the mappings of a Linux process in /proc/&lt;pid&gt;/maps. There are hundreds of
/// them, read at each failing check, so no strings are created (<see cref="Mapping"/> creates them, for one-time
/// lookups).
/// </summary>
internal sealed class StackMap
{
    // A line has some seventy bytes and a path of at most 4096. A longer line describes no stack and is skipped.
    private const int LongestLine = 8 * 1024;
    private readonly List<AddressRange> _writable = [];

    /// <exception cref="IOException">The mappings cannot be read.</exception>
    public StackMap(Stream maps)
    {
        Span<byte> text = stackalloc byte[LongestLine];
        for (int held = 0, got = -1; got != 0;)
        {
            got = maps.Read(text[held..]);
            ReadOnlySpan<byte> rest = text[..(held + got)];
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..]) Add(rest[..end]);
            rest.CopyTo(text);
            held = rest.Length < text.Length ? rest.Length : 0;
        }
    }

    /// <summary>
    /// The end of the mapping that contains a stack pointer: the base of its stack. 0 if there is none.
    /// </summary>
    public ulong BaseOf(ulong stackPointer) =>
        _writable.Find(m => stackPointer >= m.Start && stackPointer < m.End)?.End ?? 0;

    private void Add(ReadOnlySpan<byte> line)
    {
        int dash = line.IndexOf((byte)'-'), space = line.IndexOf((byte)' ');
        if (dash < 0 || space < dash || !line[(space + 1)..].StartsWith("rw"u8)) return;
        if (Utf8Parser.TryParse(line[..dash], out ulong start, out _, 'x')
            && Utf8Parser.TryParse(line[(dash + 1)..space], out ulong end, out _, 'x'))
            _writable.Add(new AddressRange(start, end));
    }
}
