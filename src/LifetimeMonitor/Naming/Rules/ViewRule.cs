namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// The collection behind one of the framework's enumerators, the source of a query, and the interceptors of a proxy:
/// fields that the reader never sees.
/// </summary>
internal sealed class ViewRule : IReferenceRule
{
    private const string Collections = "System.Collections.";

    public ReferenceWords? Name(PathCursor path, int at)
    {
        if (path.TypeOf(at) is not { } facts || path.Reference(at) is not { Field: not null, Text: var field })
            return null;
        string? words = facts switch
        {
            _ when RuntimeInsides.IsQuery(facts) => field.TrimStart('_'),
            _ when Proxies.Is(facts) && field.StartsWith("__", StringComparison.Ordinal) => field.TrimStart('_'),
            { IsStateMachine: false }
                when facts.Definition.StartsWith(Collections, StringComparison.Ordinal)
                    && facts.Implements("System.Collections.IEnumerator")
                    && path.TypeOf(at + 1) is { } held
                    && (held.Type.IsArray || held.Implements("System.Collections.IEnumerable")) => "collection",
            _ => null,
        };
        return words is null ? null : new ReferenceWords(words, 1, ReferenceKind.Field);
    }
}
