using System.Globalization;
using System.Text.RegularExpressions;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Naming;

/// <summary>
/// The names that the program gave to the elements of a tuple. They stand in the metadata of a field, for all tuples in
/// the field's type: first those of a tuple itself, then those of its elements.
/// </summary>
internal static partial class TupleNames
{
    private const string Definition = "System.ValueTuple";
    private const int MostDirect = 7; // the eighth element is in another tuple

    /// <summary>A path from a tuple, <c>Rest.Item1</c>, in the words of the source, <c>Total</c>.</summary>
    /// <param name="path">The fields.</param>
    /// <param name="tuple">The tuple's type.</param>
    /// <param name="names">The names in the metadata; empty where there are none.</param>
    /// <param name="first">The index of the tuple's first name.</param>
    public static string Apply(string path, RuntimeName? tuple, IReadOnlyList<string?> names, int first = 0)
    {
        string[] fields = path.Split('.');
        var words = new List<string>();
        int at = 0;
        while (at < fields.Length && tuple is { Definition: Definition })
        {
            int element = 0;
            while (fields[at] == "Rest" && at + 1 < fields.Length)
            {
                element += MostDirect;
                at++;
            }

            if (Item().Match(fields[at]) is not { Success: true } item) break;
            element += int.Parse(item.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) - 1;
            int name = first + element;
            words.Add(name < names.Count && names[name] is { } given ? given : $"Item{element + 1}");
            at++;
            RuntimeName[] elements = [.. Elements(tuple)];
            first += elements.Length + elements.Take(element).Sum(Count);
            tuple = element < elements.Length ? elements[element] : null;
        }

        return string.Join('.', words.Concat(fields.Skip(at)));
    }

    /// <summary>
    /// The same for a path that begins at an element of a collection, <c>.Item2</c>: the field that holds the
    /// collection has the names.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="collection">The index of the collection or array.</param>
    /// <param name="rest">The fields, with the period before them.</param>
    /// <param name="isKey">They are those of a key, not of a value.</param>
    public static string OfElement(PathCursor path, int collection, string rest, bool isKey)
    {
        if (path.TypeOf(collection) is not { Name: { } type } facts) return rest;
        RuntimeName[] arguments = facts.Type.IsArray
            ? [.. new[] { facts.Type.Element }.OfType<HeapType>().Select(e => RuntimeName.Parse(e.RuntimeName)!)]
            : [.. type.Parts.SelectMany(p => p.Arguments)];
        int element = isKey ? 0 : arguments.Length - 1;
        return element < 0 || arguments[element] is not { Definition: Definition } tuple
            ? rest
            : '.' + Apply(rest[1..], tuple, path.TupleNames(collection), arguments.Take(element).Sum(Count));
    }

    /// <summary>The number of names that belong to a type and the types in it.</summary>
    public static int Count(RuntimeName type)
    {
        if (type.Definition != Definition) return type.Parts.SelectMany(p => p.Arguments).Sum(Count);
        RuntimeName[] elements = [.. Elements(type)];
        return elements.Length + elements.Sum(Count);
    }

    private static IEnumerable<RuntimeName> Elements(RuntimeName tuple)
    {
        IReadOnlyList<RuntimeName> arguments = tuple.Parts[0].Arguments;
        return arguments.Count > MostDirect && arguments[MostDirect].Definition == Definition
            ? arguments.Take(MostDirect).Concat(Elements(arguments[MostDirect]))
            : arguments;
    }

    [GeneratedRegex(@"^Item(?<number>\d+)$")]
    private static partial Regex Item();
}
