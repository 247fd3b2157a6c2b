using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Naming.Compiler;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>Formats a key of a collection as C# writes it, as far as possible without running its code.</summary>
internal sealed class KeyText(bool showStrings)
{
    private const int Longest = 40;
    private const int MostFields = 3;
    private const int MostNesting = 2;
    private const string Unknown = "…";
    private const string Tuple = "System.ValueTuple<";
    private static readonly string[] s_identities = ["name", "id", "key"];

    public string Of(HeapValue? value) => Of(value, nesting: 0);

    private string Of(HeapValue? value, int nesting) => Short(value, nesting) ?? value switch
    {
        { IsReference: true, Target: { } target } =>
            Described(target.Type, target.Type.FieldNames.Where(TellingOf(target.Type)), target.Value, nesting),
        { IsReference: false, DeclaredType: { } type } =>
            Described(type, type.FieldNames, value.Field, nesting),
        _ => Unknown,
    };

    private string? Short(HeapValue? value, int nesting) => value switch
    {
        null => Unknown,
        { IsReference: true, Target: null } => "null",
        { IsReference: true, Target: { Type.IsString: true } text } => Quote(text.Address, value.Heap),
        { IsReference: true, Target: { } target } => OfType(target, nesting),
        { DeclaredType: { } type } => Elements(value, type, nesting) ?? ValueText.Of(value, type),
        _ => null,
    };

    private string? Elements(HeapValue value, HeapType type, int nesting)
    {
        if (!type.RuntimeName.StartsWith(Tuple, StringComparison.Ordinal)) return null;
        IEnumerable<string> names = type.FieldNames
            .Where(n => n.StartsWith("Item", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        return $"({string.Join(", ", names.Select(n => Of(value.Field(n), nesting)))})";
    }

    private string? OfType(HeapObject target, int nesting) => target.Type.RuntimeName switch
    {
        "System.RuntimeType"
            when target.Number<ulong>("m_handle") is { } handle && target.TypeOfHandle(handle) is { } type =>
            $"typeof({(nesting == 0 ? TypeNames.FromRuntimeName(type.RuntimeName) : Name(type))})",
        "System.Uri" => Of(target.Value("_string")),
        _ => null,
    };

    // As a record would print itself: the type, and the fields that have a short form.
    private string Described(
        HeapType type,
        IEnumerable<string> fields,
        Func<string, HeapValue?> valueOf,
        int nesting)
    {
        string name = Name(type);
        if (nesting >= MostNesting) return $"{{{name}}}";
        (string Name, string Text)[] known =
        [
            .. fields
                .Distinct()
                .Select(f => (FieldNames.Of(f), OfField(valueOf(f), nesting + 1)))
                .Where(f => f.Item2 is not null)
                .Select(f => (f.Item1, f.Item2!)),
        ];
        if (known.Length > MostFields)
            known = [.. known.OrderByDescending(f => IsIdentity(f.Name)).Take(MostFields)];
        return known.Length == 0
            ? $"{{{name}}}"
            : $"{{{name}: {string.Join(", ", known.Select(f => $"{f.Name} = {f.Text}"))}}}";
    }

    private string? OfField(HeapValue? value, int nesting) => value switch
    {
        null or { IsReference: true, Target: null } => null,
        { IsReference: true } => Short(value, nesting),
        _ => Of(value, nesting),
    };

    // An object may have many fields, and most of them do not identify it. Those of a record do, and of an anonymous
    // type.
    private static Func<string, bool> TellingOf(HeapType type)
    {
        bool isRecord = type.Module.MethodNames(type.Token).Contains("<Clone>$");
        return field => IsIdentity(FieldNames.Of(field))
            || CompilerName.Parse(field) switch
            {
                { Kind: CompilerName.BackingField } => isRecord,
                { Kind: CompilerName.AnonymousTypeField } => true,
                _ => false,
            };
    }

    private static bool IsIdentity(string field) =>
        s_identities.Contains(field.TrimStart('_'), StringComparer.OrdinalIgnoreCase);

    private static string Name(HeapType type) =>
        RuntimeName.Parse(type.RuntimeName)?.ToShortCSharp() ?? type.RuntimeName;

    private string Quote(ulong text, SnapshotHeap heap)
    {
        if (!showStrings) return Unknown;
        string? read = heap.StringAt(text, Longest + 1);
        if (read is null) return Unknown;
        string start = Characters.Start(read, Longest);
        string quoted = Characters.Escaped(start.Replace("\\", "\\\\").Replace("\"", "\\\""));
        return $"\"{quoted}{(start.Length < read.Length ? "…" : "")}\"";
    }
}
