using System.Text.RegularExpressions;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Naming.Rules;

namespace LifetimeMonitoring.Naming.Properties;

/// <summary>
/// The property system of Avalonia. Fields as of Avalonia 12; where a field is renamed, the path shows the fields as
/// they are, and a test fails.
/// </summary>
internal sealed partial class AvaloniaProperties : IPropertySystem
{
    private const int LongestName = 100, MostValues = 1000;
    private const string Panel = "Avalonia.Controls.Panel";

    public string ObjectType => "Avalonia.AvaloniaObject";

    public ReferenceWords? Name(PathCursor path, int at)
    {
        string references = path.References(at);
        if (Value().Match(references) is { Success: true } value) return OfValue(path, at, Length(value));
        if (Handler().Match(references) is { Success: true } handler) return OfHandler(path, at, handler);
        if (Child().Match(references) is { Success: true } child) return OfChild(path, at, Length(child));
        return Parent().IsMatch(references) ? new ReferenceWords("Parent", 1, ReferenceKind.Field) : null;
    }

    private static int Length(Match match) => match.Value.Count(c => c == '/') + 1;

    private static ReferenceWords? OfValue(PathCursor path, int at, int length) =>
        path.Heap.ObjectAt(path.Objects[at + length - 1]) is { } value && PropertyOf(path, at, value) is { } name
            ? Property(name, length)
            : null;

    // The handlers of a routed event are in a dictionary under the event.
    private static ReferenceWords? OfHandler(PathCursor path, int at, Match handler) =>
        path.Heap.ObjectAt(path.Objects[at + 1])
            ?.Reference("_entries")
            ?.Element(KeyPlace.Index(handler))
            ?.Field("key")
            ?.Target is { } routed && Text(path, routed, "<Name>k__BackingField") is { } name
            ? new ReferenceWords($"event {name}", Length(handler), ReferenceKind.Event)
            {
                Facts = new ReferenceFacts { Member = name },
            }
            : null;

    // The list of all children says nothing. Its user put the child into a panel, or into a property.
    private static ReferenceWords OfChild(PathCursor path, int at, int length)
    {
        HeapObject? parent = path.Heap.ObjectAt(path.Objects[at]);
        ulong child = path.Objects[at + length];
        if (path.TypeOf(at)!.Bases.Contains(Panel)
            && Index(path, parent?.Reference("<Children>k__BackingField")?.Reference("_inner"), child) is { } index)
        {
            return new ReferenceWords($"Children[{index}]", length, ReferenceKind.Element)
            {
                Facts = new ReferenceFacts { Member = "Children", Key = $"{index}" },
            };
        }

        return PropertyWith(path, at, parent, child) is { } name
            ? Property(name, length)
            : new ReferenceWords("child", length, ReferenceKind.Element);
    }

    private static string? PropertyWith(PathCursor path, int at, HeapObject? holder, ulong held)
    {
        if (holder?.Reference("_values")?.Value("_effectiveValues")?.Field("_entries")?.Target is not { } entries)
            return null;
        for (int i = 0; i < Math.Min(Count(path, entries), MostValues); i++)
        {
            if (entries.Element(i)?.Field("Value")?.Target is { } value
                && value.Reference("_baseValue")?.Address == held)
                return PropertyOf(path, at, value);
        }

        return null;
    }

    private static int? Index(PathCursor path, HeapObject? list, ulong element)
    {
        if (list?.Reference("_items") is not { } items) return null;
        for (int i = 0; i < Math.Min(Count(path, items), MostValues); i++)
        {
            if (items.Element(i)?.Target?.Address == element) return i;
        }

        return null;
    }

    private static int Count(PathCursor path, HeapObject array) =>
        path.Heap.TryRead(array.Address + sizeof(ulong), out int length) ? length : 0;

    // An attached property has the name of its owner before its own.
    private static string? PropertyOf(PathCursor path, int at, HeapObject value)
    {
        if (value.Reference("<Property>k__BackingField") is not { } property
            || Text(path, property, "<Name>k__BackingField") is not { } name)
            return null;
        bool isAttached = property.Number<byte>("<IsAttached>k__BackingField") is > 0;
        string? owner = isAttached && property.Reference("<OwnerType>k__BackingField") is { } type
            ? TypeFormatter.OfType(type)
            : null;
        return owner is null ? name : $"{owner[(owner.LastIndexOf('.') + 1)..]}.{name}";
    }

    private static string? Text(PathCursor path, HeapObject holder, string field) =>
        holder.Reference(field) is { } text ? path.Heap.StringAt(text.Address, LongestName) : null;

    private static ReferenceWords Property(string name, int length) => new(name, length, ReferenceKind.Field)
    {
        Facts = new ReferenceFacts { Member = name },
    };

    [GeneratedRegex(
        @"^_values/(InheritanceAncestor/)*_effectiveValues\._entries/\[\d+\]\.Value/"
        + "(_baseValue|Value)(?=/|$)")]
    private static partial Regex Value();

    [GeneratedRegex(@"^_eventHandlers/_entries/\[(?<i>\d+)\]\.value/_items/\[\d+\]\.Handler(?=/|$)")]
    private static partial Regex Handler();

    [GeneratedRegex(
        @"^(_inheritanceChildren/_items|_logicalChildren/_inner/_items|VisualChildren/_inner/_items"
        + @"|Children/_inner/_items)/\[\d+\](?=/|$)")]
    private static partial Regex Child();

    [GeneratedRegex("^(_inheritanceParent|_visualParent|Parent)(?=/|$)")]
    private static partial Regex Parent();
}
