using System.Globalization;
using System.Text.RegularExpressions;

namespace LifetimeMonitoring.Tests.Snapshots;

/// <summary>Reads numbers from the headers of the native code.</summary>
internal static partial class NativeHeader
{
    public static string Folder { get; } = Path.Combine(Repository.Sources, "LifetimeMonitor", "Snapshots", "Native");

    /// <summary>The whole header.</summary>
    public static string Text(string header) => File.ReadAllText(Path.Combine(Folder, header));

    /// <summary>The offsets of a struct that the header asserts, in order.</summary>
    public static int[] Offsets(string header, string type) =>
    [
        .. Layout().Matches(Text(header))
            .Where(m => m.Groups["type"].Value == type)
            .Select(m => Number(m.Groups["offset"].Value)),
    ];

    /// <summary>The length of a struct that the header asserts, as it is written there.</summary>
    public static string Size(string header, string type) =>
        LayoutEnd().Matches(Text(header)).Single(m => m.Groups["type"].Value == type).Groups["size"].Value;

    /// <summary>The names and numbers of an enumeration: <c>THREAD_GONE</c> is <c>Gone</c>.</summary>
    public static (string Name, int Number)[] Enumeration(string header, string name)
    {
        string body = Regex.Match(Text(header), $$"""enum {{name}} \{(?<body>[^}]*)\}""").Groups["body"].Value;
        return
        [
            .. Enumerator().Matches(body)
                .Select(m => (InPascalCase(m.Groups["name"].Value), Number(m.Groups["number"].Value))),
        ];
    }

    /// <summary>The value of an enumerator, which may be a product.</summary>
    public static int Constant(string header, string name) =>
        Regex.Match(Text(header), $$"""\b{{name}} = (?<value>[0-9 *]+?)\s?[,}]""").Groups["value"].Value
            .Split('*')
            .Aggregate(1, (product, factor) => product * Number(factor));

    private static int Number(string text) => int.Parse(text.Trim(), CultureInfo.InvariantCulture);

    private static string InPascalCase(string name) => string.Concat(
        name.Split('_').Skip(1).Select(word => word[..1] + word[1..].ToLowerInvariant()));

    [GeneratedRegex(@"^LAYOUT\((?<type>struct \w+), \w+, (?<offset>\d+)\);", RegexOptions.Multiline)]
    private static partial Regex Layout();

    [GeneratedRegex(@"^LAYOUT_END\((?<type>struct \w+), (?<size>.+)\);", RegexOptions.Multiline)]
    private static partial Regex LayoutEnd();

    [GeneratedRegex(@"(?<name>[A-Z_]+) = (?<number>-?\d+)")]
    private static partial Regex Enumerator();
}
