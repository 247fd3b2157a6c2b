namespace LifetimeMonitoring.Naming.Rules;

/// <summary>Looks up the rules for the type of an object and its base types.</summary>
internal sealed class ShapeRules(KeyText keys) : IReferenceRule
{
    private static readonly ILookup<string, ShapeRule> s_rules =
        Collections.Rules.Concat(Concurrency.Rules).ToLookup(r => r.Definition);

    public ReferenceWords? Name(PathCursor path, int at)
    {
        if (path.TypeOf(at) is not { } facts || !facts.Bases.Any(s_rules.Contains)) return null;
        string references = path.References(at);
        return facts.Bases
            .SelectMany(b => s_rules[b])
            .Select(r => r.Name(path, at, references, keys))
            .FirstOrDefault(w => w is not null);
    }
}
