using System.Globalization;

namespace LifetimeMonitor.Snapshots;

/// <summary>A mapping of a Linux process, as a line of /proc/&lt;pid&gt;/maps tells it: <c>start-end rwxp offset device inode path</c>.</summary>
internal sealed record Mapping(ulong Start, ulong End, string Line)
{
    private const int PermissionsLength = 4;

    /// <summary>Whether it may be read, written and executed, and is shared: <c>rw-p</c>.</summary>
    public ReadOnlySpan<char> Permissions => Line.AsSpan(Line.IndexOf(' ', StringComparison.Ordinal) + 1, PermissionsLength);

    /// <summary>The file; empty when it is of none.</summary>
    public string Path => Line.IndexOf('/', StringComparison.Ordinal) is >= 0 and var start ? Line[start..] : "";

    /// <summary>Those of some lines; what is no such line is passed over.</summary>
    public static IEnumerable<Mapping> Of(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            int dash = line.IndexOf('-', StringComparison.Ordinal), space = line.IndexOf(' ', StringComparison.Ordinal);
            if (dash < 0 || space < dash || line.Length < space + 1 + PermissionsLength) continue;
            yield return new Mapping(Hex(line.AsSpan(0, dash)), Hex(line.AsSpan(dash + 1, space - dash - 1)), line);
        }
    }

    private static ulong Hex(ReadOnlySpan<char> digits) => ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
