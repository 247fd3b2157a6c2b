using System.Globalization;
using System.Text;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Types;

namespace LifetimeMonitor.Naming.Rules;

/// <summary>A key of a collection as C# writes it, as far as that is possible without running code of its type.</summary>
internal sealed class KeyText(bool showStrings)
{
    private const int Longest = 40;
    private const string Unknown = "…";
    private const string Tuple = "System.ValueTuple<";

    public string Of(HeapValue? value) => value switch
    {
        null => Unknown,
        { IsReference: true, Target: null } => "null",
        { IsReference: true, Target: { Type.IsString: true } text } => Quote(text.Address, value.Heap),
        { IsReference: true, Target: { } target } => OfType(target) ?? '{' + TypeNames.FromRuntimeName(target.Type.RuntimeName) + '}',
        { DeclaredType: { } type } => Elements(value, type) ?? ValueText.Of(value, type) ?? '{' + TypeNames.FromRuntimeName(type.RuntimeName) + '}',
        _ => Unknown,
    };

    private string? Elements(HeapValue value, HeapType type)
    {
        if (!type.RuntimeName.StartsWith(Tuple, StringComparison.Ordinal)) return null;
        IEnumerable<string> names = type.FieldNames.Where(n => n.StartsWith("Item", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return $"({string.Join(", ", names.Select(n => Of(value.Field(n))))})";
    }

    private static string? OfType(HeapObject target) =>
        target.Type.RuntimeName == "System.RuntimeType" && target.Number<ulong>("m_handle") is { } handle && target.TypeOfHandle(handle) is { } type
            ? $"typeof({TypeNames.FromRuntimeName(type.RuntimeName)})"
            : null;

    private string Quote(ulong text, SnapshotHeap heap)
    {
        if (!showStrings) return Unknown;
        string? read = heap.StringAt(text, Longest + 1);
        if (read is null) return Unknown;
        var quoted = new StringBuilder("\"");
        foreach (char c in read.Length > Longest ? read[..Longest] : read)
            _ = c is '"' or '\\' ? quoted.Append('\\').Append(c) : char.IsControl(c) ? quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : quoted.Append(c);
        return quoted.Append(read.Length > Longest ? "…\"" : "\"").ToString();
    }
}
