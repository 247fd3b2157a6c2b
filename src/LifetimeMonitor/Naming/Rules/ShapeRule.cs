using System.Text.RegularExpressions;
using LifetimeMonitoring.Heap;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// A rule for the insides of a known type: a pattern over the references from an object of the type or of a derived
/// one, and the words for them. In the words, <c>{i}</c> is a group of the pattern, and <c>{key}</c> is the key beside
/// the value.
/// </summary>
/// <param name="Definition">The type without its arguments.</param>
/// <param name="Pattern">The pattern for the first references.</param>
/// <param name="Words">The words for them.</param>
/// <param name="Key">The place of the key; null when the words need no key.</param>
/// <param name="Kind">The kind of reference.</param>
internal sealed record ShapeRule(
    string Definition,
    string Pattern,
    string Words,
    KeyPlace? Key = null,
    ReferenceKind Kind = ReferenceKind.Element)
{
    /// <summary>The type that the references must lead to; null for any.</summary>
    public string? LeadsTo { get; init; }

    private readonly Regex _pattern =
        new($"^(?:{Pattern})(?=/|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    public ReferenceWords? Name(PathCursor path, int at, string references, KeyText keys)
    {
        Match match = _pattern.Match(references);
        if (!match.Success) return null;
        int length = match.Value.Count(c => c == '/') + 1;
        if (LeadsTo is not null && path.TypeOf(at + length)?.Definition != LeadsTo) return null;
        string words = Words;
        foreach (Group group in match.Groups.Cast<Group>().Skip(1))
        {
            string text = Compiler.FieldNames.OfPath(group.Value);
            if (group is { Name: "rest", Length: > 0 })
                text = TupleNames.OfElement(path, at, text, Words.StartsWith("key", StringComparison.Ordinal));
            words = words.Replace($"{{{group.Name}}}", text, StringComparison.Ordinal);
        }

        string? key = Key is null ? null : keys.Of(Key.Find(path, at, match));
        if (key is not null) words = words.Replace("{key}", key, StringComparison.Ordinal);
        key ??= Words.StartsWith("[{i}]", StringComparison.Ordinal) ? match.Groups["i"].Value : null;
        return new ReferenceWords(words, length, Kind)
        {
            Facts = new ReferenceFacts { Key = key, Member = Kind == ReferenceKind.Field ? words : null },
        };
    }
}

/// <summary>Finds the key that belongs to a value.</summary>
/// <param name="Find">Takes the path, the collection's index in it and the match; returns the key, or null.</param>
internal sealed record KeyPlace(Func<PathCursor, int, Match, HeapValue?> Find)
{
    /// <summary>In the value's element of an array of entries.</summary>
    public static KeyPlace InEntry(string field) => new((path, at, match) =>
        Holder(path, at, match, "i").Element(Index(match))?.Field(field));

    /// <summary>In the node that holds the value: a field, or a field of a struct in a field.</summary>
    public static KeyPlace InNode(string field, string? inner = null) => new((path, at, match) =>
    {
        HeapValue? value = path.Heap.ObjectAt(path.Objects[at + match.Value.Count(c => c == '/')])?.Value(field);
        return inner is null ? value : value?.Field(inner);
    });

    /// <summary>In the object that the references lead to.</summary>
    public static KeyPlace InTarget(string field) => new((path, at, match) =>
        path.Heap.ObjectAt(path.Objects[at + match.Value.Count(c => c == '/') + 1])?.Value(field));

    /// <summary>At the same index of another array of the collection.</summary>
    public static KeyPlace InArray(string field) => new((path, at, match) =>
        path.Heap.ObjectAt(path.Objects[at])?.Reference(field)?.Element(Index(match)));

    /// <summary>The index that the pattern found.</summary>
    public static int Index(Match match) =>
        int.Parse(match.Groups["i"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);

    private static HeapObject Holder(PathCursor path, int at, Match match, string group)
    {
        int before = match.Value.AsSpan(0, match.Groups[group].Index).Count('/');
        ulong address = path.Objects[at + before];
        return path.Heap.ObjectAt(address)!;
    }
}
