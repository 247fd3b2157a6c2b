namespace LifetimeMonitoring.Naming.Rules;

/// <summary>Looks up the rules for the type of an object and its base types.</summary>
internal sealed class ShapeRules(KeyText keys) : IReferenceRule
{
    // Collections that show another one: its element is theirs.
    private static readonly Dictionary<string, string> s_wrapped = new()
    {
        ["System.Collections.ObjectModel.ReadOnlyDictionary"] = "m_dictionary",
        ["System.Collections.ObjectModel.ReadOnlyCollection"] = "list",
        ["System.Collections.ObjectModel.ReadOnlySet"] = "_set",
        ["System.Collections.ObjectModel.Collection"] = "items",
        ["System.Collections.Concurrent.BlockingCollection"] = "_collection",
        ["System.Collections.Generic.SynchronizedCollection"] = "items",
        ["System.Collections.Generic.SynchronizedReadOnlyCollection"] = "items",
        ["System.Collections.Hashtable+SyncHashtable"] = "_table",
        ["System.Collections.ArrayList+SyncArrayList"] = "_list",
        ["System.Collections.ArrayList+ReadOnlyArrayList"] = "_list",
        ["System.Collections.ArrayList+IListWrapper"] = "_list",
        ["System.Collections.Queue+SynchronizedQueue"] = "_q",
        ["System.Collections.Stack+SyncStack"] = "_s",
        ["System.Collections.SortedList+SyncSortedList"] = "_list",
        ["System.Collections.Specialized.OrderedDictionary"] = "_objectsTable",
        ["System.Collections.Specialized.HybridDictionary"] = "hashtable|list",
        ["System.Collections.Specialized.NameObjectCollectionBase"] = "_entriesArray|_entriesTable",
        ["System.Collections.CollectionBase"] = "_list",
        ["System.Collections.ReadOnlyCollectionBase"] = "_list",
        ["System.Collections.DictionaryBase"] = "_hashtable",
        ["System.Collections.Generic.Dictionary+KeyCollection"] = "_dictionary",
        ["System.Collections.Generic.Dictionary+ValueCollection"] = "_dictionary",
        ["System.Collections.Generic.SortedDictionary+KeyCollection"] = "_dictionary",
        ["System.Collections.Generic.SortedDictionary+ValueCollection"] = "_dictionary",
        ["Avalonia.Collections.AvaloniaList"] = "_inner",
        ["Avalonia.Controls.ResourceDictionary"] = "_inner",
        ["Avalonia.Controls.ItemCollection"] = "_source",
        ["<>z__ReadOnlyArray"] = "_items",
        ["<>z__ReadOnlyList"] = "_items",
    };

    private static readonly ILookup<string, ShapeRule> s_rules =
        Collections.Rules.Concat(Concurrency.Rules).ToLookup(r => r.Definition);

    public ReferenceWords? Name(PathCursor path, int at)
    {
        if (path.TypeOf(at) is not { } facts) return null;
        return OfShape(path, at, facts) ?? OfWrapped(path, at, facts);
    }

    private ReferenceWords? OfShape(PathCursor path, int at, TypeFacts facts)
    {
        if (!facts.Bases.Any(s_rules.Contains)) return null;
        string references = path.References(at);
        return facts.Bases
            .SelectMany(b => s_rules[b])
            .Select(r => r.Name(path, at, references, keys))
            .FirstOrDefault(w => w is not null);
    }

    private ReferenceWords? OfWrapped(PathCursor path, int at, TypeFacts facts)
    {
        if (at + 1 >= path.Last
            || !facts.Bases.Any(b => s_wrapped.TryGetValue(b, out string? field)
                && field.Split('|').Contains(path.Reference(at).Text)))
            return null;
        ReferenceWords? words = path.TypeOf(at + 1) is { Type.IsArray: true }
            ? new PlainRule().Name(path, at + 1)
            : Name(path, at + 1);
        return words is { Kind: ReferenceKind.Element } ? words with { Length = words.Length + 1 } : null;
    }
}
