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

    public string Of(HeapValue? value) => value switch
    {
        null => Unknown,
        { IsReference: true, Target: null } => "null",
        { IsReference: true, Target: { Type.IsString: true } text } => Quote(text.Address, value.Heap),
        { IsReference: true, Target: { } target } => '{' + TypeNames.FromRuntimeName(target.Type.RuntimeName) + '}',
        { DeclaredType: { } type } => Number(value, type) ?? '{' + TypeNames.FromRuntimeName(type.RuntimeName) + '}',
        _ => Unknown,
    };

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

    private static string? Number(HeapValue value, HeapType type)
    {
        string? text = type.Primitive switch
        {
            TypeCode.Boolean => Read<byte>(value) is { } b ? b != 0 ? "true" : "false" : null,
            TypeCode.Char => Read<char>(value) is { } c ? $"'{c}'" : null,
            TypeCode.SByte => Text(Read<sbyte>(value)),
            TypeCode.Byte => Text(Read<byte>(value)),
            TypeCode.Int16 => Text(Read<short>(value)),
            TypeCode.UInt16 => Text(Read<ushort>(value)),
            TypeCode.Int32 => Text(Read<int>(value)),
            TypeCode.UInt32 => Text(Read<uint>(value)),
            TypeCode.Int64 => Text(Read<long>(value)),
            TypeCode.UInt64 => Text(Read<ulong>(value)),
            TypeCode.Single => Text(Read<float>(value)),
            TypeCode.Double => Text(Read<double>(value)),
            null when type.RuntimeName == "System.Guid" => Text(Read<Guid>(value)),
            _ => null,
        };
        // A primitive type and an enumeration over it have the same element type.
        return text is null || !type.IsEnumeration ? text : $"({TypeNames.FromRuntimeName(type.RuntimeName)}){text}";
    }

    private static T? Read<T>(HeapValue value)
        where T : unmanaged => value.TryRead(out T read) ? read : null;

    private static string? Text<T>(T? number)
        where T : struct, IFormattable => number?.ToString(null, CultureInfo.InvariantCulture);
}
