using System.Globalization;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// Formats a number, a Boolean, a character, an enumeration member, an identifier or a time as C# and the framework
/// write it.
/// </summary>
internal static class ValueText
{
    private const ulong TicksOfDateTime = 0x3FFF_FFFF_FFFF_FFFF; // the top two bits are its DateTimeKind

    /// <summary>The value in words, or null when it is of another type.</summary>
    public static string? Of(HeapValue value, HeapType type) => type.Primitive is { } primitive
        ? type.IsEnumeration ? Member(value, type, primitive) : Primitive(value, primitive)
        : Structure(value, type);

    private static string? Structure(HeapValue value, HeapType type) => type.RuntimeName switch
    {
        "System.Guid" => Text(Read<Guid>(value)),
        "System.Decimal" => Text(Read<decimal>(value)),
        "System.DateTime" when Read<ulong>(value) is { } data => Time((long)(data & TicksOfDateTime)),
        "System.DateOnly" when Read<int>(value) is { } day and >= 0 and <= 3652058 =>
            DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "System.TimeSpan" when Read<long>(value) is { } ticks =>
            new TimeSpan(ticks).ToString("c", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? Time(long ticks) => ticks <= DateTime.MaxValue.Ticks
        ? new DateTime(ticks).ToString(
            ticks % TimeSpan.TicksPerDay == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF",
            CultureInfo.InvariantCulture)
        : null;

    // Combined flags have no member of their own.
    private static string? Member(HeapValue value, HeapType type, TypeCode primitive)
    {
        if (Primitive(value, primitive) is not { } number) return null;
        string name = TypeNames.FromRuntimeName(type.RuntimeName);
        return type.Module.EnumerationMember(type.Token, number) is { } member
            ? $"{name[(name.LastIndexOf('.') + 1)..]}.{member}"
            : $"({name}){number}";
    }

    private static string? Primitive(HeapValue value, TypeCode type) => type switch
    {
        TypeCode.Boolean => Read<byte>(value) is { } b ? b != 0 ? "true" : "false" : null,
        TypeCode.Char => Read<char>(value) is { } c ? Character(c) : null,
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
        _ => null,
    };

    private static string Character(char c) =>
        c is '\'' or '\\' ? $"'\\{c}'" : $"'{Characters.Escaped(c.ToString())}'";

    private static T? Read<T>(HeapValue value)
        where T : unmanaged => value.TryRead(out T read) ? read : null;

    private static string? Text<T>(T? number)
        where T : struct, IFormattable => number?.ToString(null, CultureInfo.InvariantCulture);
}
