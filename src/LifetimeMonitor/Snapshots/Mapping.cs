using System.Globalization;

namespace LifetimeMonitoring.Snapshots;

/// <summary>
/// A mapping of a Linux process, from a line of /proc/&lt;pid&gt;/maps: <c>start-end rwxp offset device inode
/// path</c>.
/// </summary>
internal sealed record Mapping(ulong Start, ulong End, string Line)
{
    private const int PermissionsLength = 4;

    /// <summary>Whether it is readable, writable, executable, and shared or private: <c>rw-p</c>.</summary>
    public ReadOnlySpan<char> Permissions =>
        Line.AsSpan(Line.IndexOf(' ', StringComparison.Ordinal) + 1, PermissionsLength);

    /// <summary>The mapped file; empty if there is none.</summary>
    public string Path => Line.IndexOf('/', StringComparison.Ordinal) is >= 0 and var start ? Line[start..] : "";

    /// <summary>The mappings that the lines describe; other lines are skipped.</summary>
    public static IEnumerable<Mapping> Of(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            int dash = line.IndexOf('-', StringComparison.Ordinal), space = line.IndexOf(' ', StringComparison.Ordinal);
            if (dash < 0 || space < dash || line.Length < space + 1 + PermissionsLength) continue;
            yield return new Mapping(Hex(line.AsSpan(0, dash)), Hex(line.AsSpan(dash + 1, space - dash - 1)), line);
        }
    }

    private static ulong Hex(ReadOnlySpan<char> digits) =>
        ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
